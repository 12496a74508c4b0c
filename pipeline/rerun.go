package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/snapshot"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook"
)

// lastRunName is the file in the state's folder that keeps what the last run told, and
// under which premises. It saves time and decides nothing: it may be removed at any time.
const lastRunName = "last-run.json"

// lastRun is what a run left.
type lastRun struct {
	Asked    string // see Pipeline.asked
	Listing  string // of what the folders hold, digested
	Content  string // the same with what stands in the files
	Revision string // folder of the revision that stands, within the outputs
	// Kept are the originals that count and are no longer in the inputs, by sha256.
	Kept []string
	Told []byte
}

// Rerun spares a run that would find everything as the last one did. What a run does
// follows from what it is asked, the settings, the definitions, the program, the day,
// what lies in the inputs, the ledger and what is published. One that changed none of
// these would, made again, read, check, consolidate and compare only to tell the same
// once more.
//
// The time of day is no premise: deadlines and dates are judged by days. Where
// something waited for time to pass, nothing is noted.
type Rerun struct {
	*Pipeline
	asked string
	found string // how the folders looked when the run began, digested
}

// Rerun prepares a run that finds out first whether it is needed. How its outcome is
// told is part of telling.
func (p *Pipeline) Rerun(sel period.Selector, asOf time.Time, telling string) *Rerun {
	return &Rerun{Pipeline: p, asked: p.asked(sel, asOf, telling)}
}

// asked tells apart everything but the folders' content that an outcome depends on. It
// is empty where that cannot be told.
func (p *Pipeline) asked(sel period.Selector, asOf time.Time, telling string) string {
	if p.Build == "" || p.Catalogue.SHA256 == "" || p.Arrived != nil || p.Settled != nil {
		return ""
	}
	folders := [...]string{p.Inputs, p.Outputs, p.State}
	for i := range folders {
		whole, err := filepath.Abs(folders[i])
		if err != nil {
			return ""
		}
		folders[i] = whole
	}
	data, err := json.Marshal(struct {
		Folders                      [3]string
		Settings                     *Pipeline
		Catalogue, Bridge, Timetable string
		Language, Templates          string
		Selector, Day, Telling       string
		AsOf                         time.Time
	}{
		folders, p, p.Catalogue.SHA256, string(p.Catalogue.Bridge),
		fmt.Sprintf("%v %+v %v", p.Timetable.Scheme, p.Timetable.Deadline, p.Timetable.Zone),
		string(p.Phrases.Language()), p.Phrases.Own(),
		sel.String(), period.DateIn(p.Now(), p.Timetable.Zone).String(), telling, asOf,
	})
	if err != nil {
		panic(err) // plain values always encode
	}
	return digest(data)
}

// Told is what the last run told, where this one would find all as that one left it.
func (r *Rerun) Told(ctx context.Context) ([]byte, bool) {
	if r.asked == "" {
		return nil, false
	}
	all, err := r.list(ctx)
	if err != nil {
		return nil, false // the run itself tells what is wrong with a folder
	}
	r.found = all.looks()
	last, ok := readLastRun(r.lastRunPath())
	if !ok || last.Asked != r.asked || last.Listing != all.digest() {
		return nil, false
	}
	if all.inputs, err = r.readInputs(ctx, all.inputs); err != nil {
		return nil, false
	}
	if all, err = r.readOwn(ctx, all, last); err != nil || last.Content != all.digest() {
		return nil, false
	}
	return last.Told, true
}

// Keep notes what a run told that changed nothing. Where it cannot be noted, or changed
// something, the next one is made.
func (r *Rerun) Keep(ctx context.Context, out Outcome, told []byte) {
	if r.asked == "" || r.found == "" || !out.Unchanged || !out.settled || len(out.Signed)+len(out.Delayed)+len(out.SetAside)+len(out.Adopted)+len(out.Feedback.Failed) > 0 {
		return
	}
	lock, err := ledger.Acquire(ctx, r.State, 0)
	if err != nil {
		return // whoever is at work changes something
	}
	defer lock.Release() //nolint:errcheck // the system takes it back when the process ends
	last, err := r.left(ctx, out)
	if err != nil {
		return
	}
	last.Told = told
	_ = atomicfile.Write(r.lastRunPath(), last.encode(), 0o600)
}

// encode puts its own hash before it: what is told from a damaged note would be wrong.
func (l lastRun) encode() []byte {
	data, err := json.Marshal(l)
	if err != nil {
		panic(err) // texts always encode
	}
	return append([]byte(digest(data)+"\n"), data...)
}

// readLastRun reads the note of the last run; one that is damaged is none.
func readLastRun(path string) (l lastRun, ok bool) {
	data, err := os.ReadFile(path)
	if err != nil {
		return l, false
	}
	hash, rest, _ := strings.Cut(string(data), "\n")
	if hash != digest([]byte(rest)) || json.Unmarshal([]byte(rest), &l) != nil {
		return l, false
	}
	return l, true
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// errChanged says that a run changed something, or somebody did since it looked.
var errChanged = errors.New("changed")

// left is what lies there after a run, if it is what the run found.
func (r *Rerun) left(ctx context.Context, out Outcome) (lastRun, error) {
	all, err := r.list(ctx)
	if err != nil {
		return lastRun{}, err
	}
	last := lastRun{Asked: r.asked, Listing: all.digest()}
	if all.looks() != r.found {
		return lastRun{}, errChanged
	}
	if last.Revision, err = filepath.Rel(r.Outputs, out.Revision.Dir); err != nil {
		return lastRun{}, err
	}
	last.Revision = filepath.ToSlash(last.Revision)
	if all.inputs, err = r.readInputs(ctx, all.inputs); err != nil {
		return lastRun{}, err
	}
	var same bool
	if last.Kept, same = all.kept(out); !same {
		return lastRun{}, errChanged
	}
	if all, err = r.readOwn(ctx, all, last); err != nil {
		return lastRun{}, err
	}
	last.Content = all.digest()
	return last, nil
}

func (p *Pipeline) lastRunPath() string { return filepath.Join(p.State, lastRunName) }

// folders are what a run reads and writes.
type folders struct{ inputs, outputs, state snapshot.Tree }

func (r *Rerun) list(ctx context.Context) (all folders, err error) {
	// Who holds the lock is told beside it, and the last run is no premise of itself.
	passing := func(name string) bool {
		base := path.Base(name)
		return base == lastRunName || base == ledger.HolderName
	}
	if all.inputs, err = snapshot.List(ctx, r.Inputs, func(string) bool { return false }); err != nil {
		return all, err
	}
	state, err := within(r.Outputs, r.State)
	if err != nil {
		return all, err
	}
	if all.outputs, err = snapshot.List(ctx, r.Outputs, func(name string) bool { return name == state || passing(name) }); err != nil {
		return all, err
	}
	if all.state, err = snapshot.List(ctx, r.State, passing); err != nil {
		return all, err
	}
	for _, e := range slices.Concat(all.outputs, all.state) {
		if !e.Mode.IsRegular() && !e.Mode.IsDir() { // a run follows a link, a listing does not
			return all, fmt.Errorf("%s is no file", e.Path)
		}
	}
	return all, nil
}

// readInputs adds what stands in the files that a run may read.
func (r *Rerun) readInputs(ctx context.Context, inputs snapshot.Tree) (snapshot.Tree, error) {
	limits := r.Limits
	if limits == (workbook.Limits{}) {
		limits = workbook.DefaultLimits()
	}
	most := max(limits.File, officeTableLimit)
	return inputs.Read(ctx, r.Inputs, func(e snapshot.Entry) bool { return source(e) && e.Size <= most })
}

// readOwn adds what stands in the files of its own that a run reads: the revision that
// stands and its copies, the ledger and its journal, and kept originals that count. Of
// the others, and of the answers to units, it asks only whether they lie there.
func (r *Rerun) readOwn(ctx context.Context, all folders, last lastRun) (folders, error) {
	top := path.Dir(path.Dir(last.Revision))
	var err error
	if all.outputs, err = all.outputs.Read(ctx, r.Outputs, func(e snapshot.Entry) bool {
		folder := path.Dir(e.Path)
		return folder == last.Revision || folder == top
	}); err != nil {
		return all, err
	}
	all.state, err = all.state.Read(ctx, r.State, func(e snapshot.Entry) bool {
		return e.Path == ledger.Name || e.Path == ledger.JournalName || slices.Contains(last.Kept, path.Base(e.Path))
	})
	return all, err
}

// source reports whether an entry of the inputs is no answer put there by a run.
func source(e snapshot.Entry) bool {
	for name := range strings.SplitSeq(e.Path, "/") {
		if strings.EqualFold(name, intake.ReturnFolder) {
			return false
		}
	}
	return true
}

// within is where a folder lies in another, slash-separated; empty where it does not.
func within(outer, folder string) (string, error) {
	outer, err := filepath.Abs(outer)
	if err != nil {
		return "", err
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return "", err
	}
	inner, err := filepath.Rel(outer, folder)
	if err != nil || !filepath.IsLocal(inner) {
		return "", nil // on Windows another drive
	}
	return filepath.ToSlash(inner), nil
}

// looks is how all that a run may change looks from outside. The ledger's own file
// changes with every command that opens it; what is recorded stands in its journal, to
// which lines are only ever added.
func (f folders) looks() string {
	journal := f.state.Where(func(e snapshot.Entry) bool { return e.Path == ledger.JournalName })
	return strings.Join([]string{f.inputs.Digest(), f.outputs.Digest(), journal.Digest()}, " ")
}

func (f folders) digest() string {
	return strings.Join([]string{f.inputs.Digest(), f.outputs.Digest(), f.state.Digest()}, " ")
}

// kept are the files that an outcome rests on and the inputs do not hold: they have gone
// from there, or others lie in their place. It is false where a file that lies there is
// not the one that was seen.
func (f folders) kept(out Outcome) (hashes []string, same bool) {
	seen := map[string][]string{} // bytes by path: of a file that was replaced both versions
	for _, one := range out.Files {
		if one.SHA256 != "" && one.Disposition != submission.Gone {
			seen[one.Name()] = append(seen[one.Name()], one.SHA256)
		}
	}
	here := map[string]bool{}
	for _, e := range f.inputs {
		if all := seen[e.Path]; len(all) > 0 && !slices.Contains(all, e.SHA256) {
			return nil, false
		}
		here[e.SHA256] = true
	}
	for _, all := range seen {
		for _, hash := range all {
			if !here[hash] {
				hashes = append(hashes, hash)
			}
		}
	}
	slices.Sort(hashes)
	return hashes, true
}

// settled reports whether nothing that was seen waits for time alone to pass, or for
// the system to let a file be read.
func (v view) settled() bool {
	passing := func(f finding.Finding) bool {
		switch f.Code {
		case finding.StillBeingWritten, finding.FileUnreadable, finding.RegisterUnreadable: // a row's time may be to come
			return true
		}
		return false
	}
	for _, r := range v.checked.Batch() {
		if r.File.Disposition == submission.Deferred || slices.ContainsFunc(r.Findings, passing) {
			return false
		}
	}
	for _, text := range v.texts {
		if slices.ContainsFunc(text.findings, passing) {
			return false
		}
	}
	return !slices.ContainsFunc(v.office.findings, passing)
}
