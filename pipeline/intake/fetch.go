package intake

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"strconv"
	"time"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
)

// trouble is why a file was not read, and what then becomes of it.
type trouble struct {
	finding     finding.Finding
	disposition submission.Disposition
}

func stillWritten() *trouble {
	return &trouble{finding.New(finding.StillBeingWritten), submission.Deferred}
}

func unusable(f finding.Finding) *trouble { return &trouble{f, submission.UnusableFile} }

// fetch reads the whole file into memory, data's own, if it is still what was
// listed and does not change meanwhile.
func fetch(root *os.Root, e entry, limit int64, data *bytes.Buffer) *trouble {
	// A file that is gone may be one that an editor is just replacing.
	now, err := root.Lstat(e.name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !same(e.info, now) {
		return stillWritten()
	}
	if err != nil {
		return unreadableFile(err)
	}
	if now.Size() > limit {
		return tooLarge(now.Size(), limit)
	}
	file, trouble := open(root, e.name, now)
	if trouble != nil {
		return trouble
	}
	defer file.Close()
	return steady(file, limit, data)
}

// open opens the file that was looked at: another one may have been put in its place
// since.
func open(root *os.Root, name string, looked fs.FileInfo) (*os.File, *trouble) {
	file, err := root.OpenFile(name, os.O_RDONLY|withoutWaiting, 0)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err != nil && heldByAnother(err):
		return nil, stillWritten()
	case err != nil:
		return nil, unreadableFile(err)
	}
	opened, err := file.Stat()
	switch {
	case err != nil:
		_ = file.Close()
		return nil, unreadableFile(err)
	case !opened.Mode().IsRegular() || !os.SameFile(opened, looked):
		_ = file.Close()
		return nil, stillWritten()
	}
	return file, nil
}

// steady reads a file that must have the same size and time before and after.
func steady(file fs.File, limit int64, data *bytes.Buffer) *trouble {
	before, err := file.Stat()
	if err != nil {
		return unreadableFile(err)
	}
	data.Grow(int(min(before.Size(), limit)) + bytes.MinRead)
	if _, err := data.ReadFrom(io.LimitReader(file, limit+1)); err != nil {
		if heldByAnother(err) {
			return stillWritten()
		}
		return unreadableFile(err)
	}
	after, err := file.Stat()
	if err != nil {
		return unreadableFile(err)
	}
	if !same(before, after) || int64(data.Len()) != before.Size() {
		return stillWritten()
	}
	return nil
}

// A program that copies a file may give it its full length first and fill it
// afterwards: its end is zeros until it is done, and no workbook's is. Where nothing
// has moved for as long as hollowFor nobody is copying, and it is damaged. The clocks
// of the share and of this machine may differ by as much.
const hollowFor = 15 * time.Minute

func hollow(data []byte, modified, now time.Time) bool {
	const end = 64 // more than what closes an archive can hold in zeros
	tail := data[max(0, len(data)-end):]
	return len(tail) == end && len(bytes.Trim(tail, "\x00")) == 0 && now.Sub(modified).Abs() < hollowFor
}

func same(a, b fs.FileInfo) bool {
	return a.Mode().Type() == b.Mode().Type() && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

func unreadableFile(err error) *trouble {
	return unusable(finding.New(finding.FileUnreadable).With("detail", reason(err)))
}

// tooLarge speaks as the strict reader does of a file it would not look at.
func tooLarge(size, limit int64) *trouble {
	return unusable(finding.New(finding.WorkbookTooLarge).With("limit", "file").
		With("detail", "the file has "+strconv.FormatInt(size, 10)+" bytes, more than "+strconv.FormatInt(limit, 10)))
}

// reason is the system's word without the path, which the finding has already
// and which differs from machine to machine.
func reason(err error) string {
	var where *fs.PathError
	if errors.As(err, &where) {
		return where.Err.Error()
	}
	return err.Error()
}
