// Package publish owns the published files: a folder a period, in which
//
//	revisions/r1, r2, …   each revision, whole; never changed, never removed
//	report.pdf, …         copies of the newest revision, for people to open
//	manifest.json         what those copies are; the last to be replaced
//
// A reader can rely on this: a folder named rN is complete and agrees with its
// manifest; a failure at any point leaves what was published before; and after
// a process was killed, Recover and Refresh put everything in order again.
//
// Commands that write hold the lock of the state folder.
package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/period"
)

// Outputs is the folder that everything is published in.
type Outputs struct {
	Dir string
}

// File is one file to publish. Its content is written as it is made.
type File struct {
	Name    string // as it is called in the folder
	Content atomicfile.Content
}

// Draft is a revision that is not published yet.
type Draft struct {
	Period      string // as period.Span names it
	Number      int    // one above the newest recorded revision
	Fingerprint string
	About       About
	Submissions []string // sha256 of the files whose figures it rests on
	Files       []File
}

// Published is a revision that is in place.
type Published struct {
	Manifest       Manifest
	ManifestSHA256 string // hex
	Dir            string // its own folder
}

// Delay is a copy at the top of a period's folder that could not be replaced,
// mostly because somebody has it open in Excel. It still shows an earlier
// revision; Refresh replaces it later.
type Delay struct {
	Path string
	Err  error
}

// Everybody may read what is published, less the umask. Nobody may write to a
// revision: it stops a person who opened one from saving over it.
const (
	permCopy     = 0o644
	permRevision = 0o444
)

// Revision publishes a draft: it writes the revision's folder in one step,
// calls commit, which records the revision in the ledger, and then replaces the
// copies at the top, manifest last. A copy that cannot be replaced is no error.
//
// A revision that exists already is never overwritten: the error is
// fs.ErrExist. When commit fails, the revision stays in place unrecorded, the
// copies at the top stay as they were, and the next Recover adopts it. Once the
// revision is in place, cancelling ctx no longer stops the rest, which is short.
func (o Outputs) Revision(ctx context.Context, d Draft, commit func(context.Context, Published) error) (Published, []Delay, error) {
	if err := d.validate(); err != nil {
		return Published{}, nil, fmt.Errorf("publish: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return Published{}, nil, fmt.Errorf("publish: %w", err)
	}
	if err := atomicfile.MakeFolder(o.revisions(d.Period)); err != nil {
		return Published{}, nil, fmt.Errorf("publish: %w", err)
	}
	dir := o.revision(d.Period, d.Number)
	manifest, described, err := d.write(dir)
	if err != nil {
		return Published{}, nil, fmt.Errorf("publish: %w", err)
	}
	done := Published{Manifest: manifest, ManifestSHA256: sum(described), Dir: dir}
	if err := commit(context.WithoutCancel(ctx), done); err != nil {
		return Published{}, nil, fmt.Errorf("record %s, which the next run takes up: %w", done.Dir, err)
	}
	return done, o.show(d.Period, done.Dir, manifest, described), nil
}

// write makes the revision's folder. The manifest is its last file: it says what
// the others hold.
func (d Draft) write(dir string) (m Manifest, described []byte, err error) {
	var entries []Entry
	var files []atomicfile.File
	for _, f := range d.Files {
		files = append(files, atomicfile.File{Name: f.Name, Content: func(to io.Writer) error {
			seen := newDigest()
			err := f.Content(io.MultiWriter(to, seen))
			entries = append(entries, Entry{Name: f.Name, SHA256: seen.sum(), Size: seen.size})
			return err
		}})
	}
	files = append(files, atomicfile.File{Name: ManifestName, Content: func(to io.Writer) (err error) {
		m = d.manifest(entries)
		if described, err = m.encode(); err == nil {
			_, err = to.Write(described)
		}
		return err
	}})
	err = atomicfile.WriteFolder(dir, files, permRevision)
	return m, described, err
}

func (d Draft) validate() error {
	if !isPeriod(d.Period) {
		return fmt.Errorf("%q is not a period", d.Period)
	}
	if d.Number < 1 {
		return fmt.Errorf("there is no revision %d", d.Number)
	}
	if len(d.Files) == 0 {
		return errors.New("no files")
	}
	taken := map[string]bool{ManifestName: true}
	for _, f := range d.Files {
		// Windows takes a colon for a stream, and does not tell a from A.
		if !filepath.IsLocal(f.Name) || strings.ContainsAny(f.Name, `/\:`) || strings.HasPrefix(f.Name, ".") {
			return fmt.Errorf("%q is not the name of a published file", f.Name)
		}
		folded := strings.ToLower(f.Name)
		if taken[folded] {
			return fmt.Errorf("two files are called %s", f.Name)
		}
		taken[folded] = true
	}
	return nil
}

// Current returns the newest revision of a period that is in place; false where
// there is none.
func (o Outputs) Current(name string) (Published, bool, error) {
	numbers, err := o.numbers(name)
	if err != nil || len(numbers) == 0 {
		return Published{}, false, err
	}
	dir := o.revision(name, numbers[len(numbers)-1])
	manifest, described, err := readManifest(dir)
	if err != nil {
		return Published{}, false, err
	}
	return Published{Manifest: manifest, ManifestSHA256: sum(described), Dir: dir}, true, nil
}

// Refresh replaces those copies at the top of a period's folder that differ
// from its newest revision. Nothing happens where the period has none. The
// error is *DamagedError where the revision does not agree with its manifest:
// what is damaged is not copied.
func (o Outputs) Refresh(name string) ([]Delay, error) {
	current, found, err := o.Current(name)
	if err != nil || !found {
		return nil, err
	}
	manifest, described, err := verify(current.Dir)
	if err != nil {
		return nil, err
	}
	return o.show(name, current.Dir, manifest, described), nil
}

// show makes those copies at the top that are not there as they should be, of a
// revision that agrees with its manifest. The manifest comes last, so that it never
// speaks of files that nobody tried to replace yet.
func (o Outputs) show(name, dir string, m Manifest, described []byte) []Delay {
	delays := o.withdraw(name, m)
	own := Entry{Name: ManifestName, SHA256: sum(described), Size: int64(len(described))}
	for _, f := range append(slices.Clone(m.Files), own) {
		path := filepath.Join(o.Dir, name, f.Name)
		if f.describes(path) {
			continue
		}
		if err := atomicfile.WriteMade(path, copyOf(dir, f), permCopy); err != nil {
			delays = append(delays, Delay{Path: path, Err: err})
		}
	}
	return delays
}

// copyOf is the content of a revision's file. What was damaged since it was looked
// at is not copied.
func copyOf(dir string, f Entry) atomicfile.Content {
	return func(to io.Writer) error {
		from, err := os.Open(filepath.Join(dir, f.Name))
		if err != nil {
			return err
		}
		defer from.Close()
		seen := newDigest()
		if _, err := io.Copy(io.MultiWriter(to, seen), from); err != nil {
			return err
		}
		return f.check(dir, seen)
	}
}

const revisionsFolder = "revisions"

func (o Outputs) revisions(name string) string { return filepath.Join(o.Dir, name, revisionsFolder) }

func (o Outputs) revision(name string, number int) string {
	return filepath.Join(o.revisions(name), "r"+strconv.Itoa(number))
}

// numbers lists what is called rN in a period's folder, in order.
func (o Outputs) numbers(name string) ([]int, error) {
	entries, err := os.ReadDir(o.revisions(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list revisions: %w", err)
	}
	var numbers []int
	for _, entry := range entries {
		written, ok := strings.CutPrefix(entry.Name(), "r")
		if number, err := strconv.Atoi(written); ok && err == nil && number >= 1 && strconv.Itoa(number) == written {
			numbers = append(numbers, number)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

// periods lists the folders of periods, in order of their names.
func (o Outputs) periods() ([]string, error) {
	entries, err := os.ReadDir(o.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list outputs: %w", err)
	}
	var names []string
	for _, entry := range entries {
		if entry.IsDir() && isPeriod(entry.Name()) {
			names = append(names, entry.Name())
		}
	}
	return names, nil
}

func isPeriod(name string) bool {
	selector, err := period.ParseSelector(name)
	return err == nil && selector.Kind == period.Fixed && selector.String() == name
}
