package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/dispatch"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/notify"
	"tonghop/pipeline/publish"
)

// HandingOn is what is done with a revision once it is published.
type HandingOn struct {
	// CopyTo is a folder that gets the report of each period; empty for none.
	CopyTo string
	// Command is run for each revision, the program first; none runs nothing. In its
	// arguments the placeholders of package dispatch are filled in.
	Command []string
	// Limit is how long a command may take.
	Limit time.Duration
}

// HandedOn is what was done with revisions, and what could not be done.
type HandedOn struct {
	Copied []string // paths
	// Delayed are copies that could not be made and are made later. Those that
	// failed in the same way before are not told again.
	Delayed []publish.Delay
	Ran     []RanCommand
	// Interrupted are revisions whose command was running when a program was stopped;
	// it is not run again.
	Interrupted []dispatch.Key
	// Busy says that another program is at it: this one did nothing.
	Busy bool
}

// RanCommand is one run of the admin's command.
type RanCommand struct {
	Period   string
	Revision int
	Output   string // its end
	Err      error  // *notify.CommandError
}

// AfterPublication hands on every revision that was published, by whatever process,
// since the office wants it and that was not handed on yet: it is copied, and the
// command is run once for it. The first look at a folder or a command finds what
// stands already and leaves it. A copy that fails is made later; a command that
// fails is told and not run again. Neither undoes a publication.
func (p *Pipeline) AfterPublication(ctx context.Context, how HandingOn, now time.Time) (out HandedOn, err error) {
	if how.CopyTo == "" && len(how.Command) == 0 {
		return out, nil
	}
	lock, err := ledger.Acquire(ctx, filepath.Join(p.State, "handing-on"), 0)
	var held *ledger.HeldError
	if errors.As(err, &held) {
		return HandedOn{Busy: true}, nil
	}
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	if err := p.renewLedger(ctx); err != nil {
		return out, fmt.Errorf("renew ledger: %w", err)
	}
	known, err := p.mailKnown(ctx)
	if err != nil {
		return out, err
	}
	if how.CopyTo != "" {
		if err := p.copyRevisions(ctx, how.CopyTo, known, now, &out); err != nil {
			return out, err
		}
	}
	if len(how.Command) > 0 {
		err = p.runCommand(ctx, how, known, now, &out)
	}
	return out, err
}

// handingSince is when handing on to a recipient began. Where it has not it begins now.
func (p *Pipeline) handingSince(ctx context.Context, kind dispatch.Kind, recipient string, known mailKnown, now time.Time) (time.Time, bool, error) {
	since, begun := known.book.Since(kind, recipient, now)
	if begun {
		return since, true, nil
	}
	return now, false, p.note(ctx, dispatch.Dispatch{Key: dispatch.Key{Kind: kind, Recipient: recipient}, State: dispatch.Since, At: now})
}

// copyRevisions copies the newest revision of each period.
func (p *Pipeline) copyRevisions(ctx context.Context, dir string, known mailKnown, now time.Time, out *HandedOn) error {
	since, begun, err := p.handingSince(ctx, dispatch.Copy, dir, known, now)
	if err != nil || !begun {
		return err
	}
	for _, r := range known.newest() {
		k := dispatch.Key{Kind: dispatch.Copy, Period: r.Period.String(), Recipient: dir, Thing: "r" + strconv.Itoa(r.Number)}
		if !r.PublishedAt.After(since) || known.book.Settled(k) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		d := known.book[k]
		before := d
		d.Key, d.At, d.State, d.Answer = k, now, dispatch.Sent, ""
		copied, failed := p.copyRevision(k.Period, r.Number, dir)
		if failed != nil {
			d.State, d.Answer = dispatch.Deferred, failed.Err.Error()
			if before.State == dispatch.Deferred && before.Answer == d.Answer {
				continue // told already
			}
			d.Attempts++
			out.Delayed = append(out.Delayed, *failed)
		}
		out.Copied = append(out.Copied, copied...)
		if err := p.noteResult(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// copyRevision copies what people open of a revision: the pages and the workbook.
func (p *Pipeline) copyRevision(name string, number int, dir string) (copied []string, failed *publish.Delay) {
	outputs := publish.Outputs{Dir: p.Outputs}
	revision, err := outputs.Verify(name, number)
	if err != nil {
		return nil, &publish.Delay{Path: dir, Err: err}
	}
	// A share that is away must not become a folder of this machine.
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, &publish.Delay{Path: dir, Err: cmp.Or(err, fs.ErrNotExist)}
	}
	for _, f := range revision.Manifest.Files {
		if ending := filepath.Ext(f.Name); ending != ".pdf" && ending != ".xlsx" {
			continue
		}
		path := filepath.Join(dir, name+"-"+f.Name)
		data, err := outputs.File(name, number, f.Name)
		if err == nil {
			err = atomicfile.Write(path, data, 0o644)
		}
		if err != nil {
			return copied, &publish.Delay{Path: path, Err: err}
		}
		copied = append(copied, path)
	}
	return copied, nil
}

// runCommand runs the command once for each revision, in the order in which they
// were published.
func (p *Pipeline) runCommand(ctx context.Context, how HandingOn, known mailKnown, now time.Time, out *HandedOn) error {
	since, begun, err := p.handingSince(ctx, dispatch.Command, "", known, now)
	if err != nil || !begun {
		return err
	}
	for _, r := range known.published() {
		k := dispatch.Key{Kind: dispatch.Command, Period: r.Period, Thing: "r" + strconv.Itoa(r.Number)}
		d := known.book[k]
		switch {
		case d.State == dispatch.Sending:
			d.State, d.At = dispatch.Unsure, now
			out.Interrupted = append(out.Interrupted, k)
			if err := p.note(ctx, d); err != nil {
				return err
			}
			continue
		case !r.PublishedAt.After(since) || known.book.Settled(k):
			continue
		case ctx.Err() != nil:
			return ctx.Err()
		}
		d = dispatch.Dispatch{Key: k, State: dispatch.Sending, At: now, FirstAt: now}
		if err := p.note(ctx, d); err != nil {
			return err
		}
		ran := RanCommand{Period: r.Period, Revision: r.Number}
		ran.Output, ran.Err = p.command(how, r).Run(ctx)
		if d.State = dispatch.Sent; ran.Err != nil {
			d.State, d.Answer = dispatch.Failed, ran.Err.Error()
		}
		out.Ran = append(out.Ran, ran)
		if err := p.noteResult(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// published are all revisions in the order in which they were published.
func (k mailKnown) published() []ledger.Revision {
	var all []ledger.Revision
	for _, revisions := range k.revisions {
		all = append(all, revisions...)
	}
	slices.SortFunc(all, func(a, b ledger.Revision) int {
		return cmp.Or(a.PublishedAt.Compare(b.PublishedAt), cmp.Compare(a.Period, b.Period), cmp.Compare(a.Number, b.Number))
	})
	return all
}

// command fills in what a revision is. The same values are in the environment,
// such as TONGHOP_PERIOD.
func (p *Pipeline) command(how HandingOn, r ledger.Revision) notify.Command {
	folder := filepath.Join(p.Outputs, r.Period, "revisions", "r"+strconv.Itoa(r.Number))
	if full, err := filepath.Abs(folder); err == nil {
		folder = full
	}
	values := []string{
		r.Period, strconv.Itoa(r.Number), folder, filepath.Join(folder, "report.pdf"), filepath.Join(folder, "summary.xlsx"),
		strconv.FormatBool(r.SignedBy != ""),
	}
	c := notify.Command{Limit: how.Limit}
	var pairs []string
	for i, name := range dispatch.Placeholders {
		pairs = append(pairs, name, values[i])
		c.Env = append(c.Env, "TONGHOP_"+strings.ToUpper(strings.Trim(name, "{}"))+"="+values[i])
	}
	fill := strings.NewReplacer(pairs...)
	for _, argument := range how.Command {
		c.Args = append(c.Args, fill.Replace(argument))
	}
	return c
}
