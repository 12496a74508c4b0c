package publish

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/decision"
)

// ManifestName is the file that describes a revision.
const ManifestName = "manifest.json"

// Schema names the form of the manifest.
const Schema = "tonghop/manifest/1"

// Manifest describes a revision. It does not list itself.
type Manifest struct {
	Schema      string `json:"schema"`
	Period      string `json:"period"`
	Revision    int    `json:"revision"`
	Fingerprint string `json:"fingerprint"`
	About
	Submissions []string `json:"submissions"` // sha256, sorted
	Files       []Entry  `json:"files"`       // by name
}

// About says what a revision was made with.
type About struct {
	AsOf      time.Time `json:"as_of"`
	Program   string    `json:"program"` // version
	Catalogue Catalogue `json:"catalogue"`
	// Signed is what a signed revision carries; nil for a draft.
	Signed *decision.Signature `json:"signed,omitempty"`
}

// Catalogue says which definitions a revision was made with.
type Catalogue struct {
	ID     string `json:"id"`
	SHA256 string `json:"sha256"`
	Source string `json:"source"` // where it came from: a path, or that it is the embedded one
}

// Entry is one published file.
type Entry struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"` // bytes
}

// DamagedError says that a revision does not agree with its manifest.
type DamagedError struct {
	Dir  string
	File string // of it, that is missing, changed or not listed; empty where that is not what is wrong
	Err  error
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("the revision %s is damaged: %v", e.Dir, e.Err)
}

// Unwrap returns what is wrong.
func (e *DamagedError) Unwrap() error { return e.Err }

// Hint is the remedy.
func (e *DamagedError) Hint() string { return "put the folder back from a backup of the outputs" }

// manifest describes a draft by what was written of its files. Equal drafts give
// equal manifests whatever the order of their files and submissions.
func (d Draft) manifest(files []Entry) Manifest {
	m := Manifest{
		Schema:      Schema,
		Period:      d.Period,
		Revision:    d.Number,
		Fingerprint: d.Fingerprint,
		About:       d.About,
		Submissions: slices.Compact(slices.Sorted(slices.Values(d.Submissions))),
		Files:       slices.SortedFunc(slices.Values(files), func(a, b Entry) int { return strings.Compare(a.Name, b.Name) }),
	}
	if m.Submissions == nil {
		m.Submissions = []string{}
	}
	return m
}

func (m Manifest) encode() ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // people read it
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(m); err != nil {
		return nil, fmt.Errorf("describe revision: %w", err)
	}
	return text.Bytes(), nil
}

func (m Manifest) names() []string {
	names := make([]string, 0, len(m.Files)+1)
	for _, f := range m.Files {
		names = append(names, f.Name)
	}
	return names
}

// readManifest returns the manifest of a revision and its bytes.
func readManifest(dir string) (Manifest, []byte, error) {
	data, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return Manifest{}, nil, &DamagedError{Dir: dir, File: ManifestName, Err: err}
	}
	if err != nil {
		return Manifest{}, nil, fmt.Errorf("read manifest: %w", err)
	}
	var m Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return Manifest{}, nil, &DamagedError{Dir: dir, File: ManifestName, Err: fmt.Errorf("read manifest: %w", err)}
	}
	if m.Schema != Schema {
		return Manifest{}, nil, &DamagedError{Dir: dir, Err: fmt.Errorf("its manifest is of schema %q, not %s", m.Schema, Schema)}
	}
	return m, data, nil
}

// verify returns a revision's manifest and its bytes, after checking that the
// folder holds exactly what the manifest lists. The error is *DamagedError where it
// does not.
func verify(dir string) (Manifest, []byte, error) {
	m, described, err := readManifest(dir)
	if err != nil {
		return Manifest{}, nil, err
	}
	// The folder's place is part of what it says: a copy of another revision is
	// not this one.
	number, name := filepath.Base(dir), filepath.Base(filepath.Dir(filepath.Dir(dir)))
	if number != fmt.Sprintf("r%d", m.Revision) || name != m.Period {
		return Manifest{}, nil, &DamagedError{Dir: dir, Err: fmt.Errorf("its manifest is that of r%d of %s", m.Revision, m.Period)}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return Manifest{}, nil, fmt.Errorf("read revision: %w", err)
	}
	listed := append(m.names(), ManifestName)
	for _, entry := range entries {
		if !entry.Type().IsRegular() || !slices.Contains(listed, entry.Name()) {
			return Manifest{}, nil, &DamagedError{Dir: dir, File: entry.Name(), Err: fmt.Errorf("it holds %s, which its manifest does not list", entry.Name())}
		}
	}
	for _, f := range m.Files {
		file, err := openListed(dir, f)
		if err != nil {
			return Manifest{}, nil, err
		}
		_ = file.Close() // it was only read
	}
	return m, described, nil
}

// openListed opens a file of a revision, after checking that it holds what the
// manifest lists. Nobody writes to a revision, so it does as long as it is open.
func openListed(dir string, f Entry) (_ *os.File, err error) {
	if f.Name != filepath.Base(f.Name) || !filepath.IsLocal(f.Name) {
		return nil, &DamagedError{Dir: dir, Err: fmt.Errorf("its manifest lists %q", f.Name)}
	}
	file, err := os.Open(filepath.Join(dir, f.Name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &DamagedError{Dir: dir, File: f.Name, Err: err}
	}
	if err != nil {
		return nil, fmt.Errorf("read revision: %w", err)
	}
	defer func() {
		if err != nil {
			_ = file.Close() // it was only read
		}
	}()
	seen := newDigest()
	if _, err := io.Copy(seen, file); err != nil {
		return nil, fmt.Errorf("read revision: %w", err)
	}
	if err := f.check(dir, seen); err != nil {
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("read revision: %w", err)
	}
	return file, nil
}
