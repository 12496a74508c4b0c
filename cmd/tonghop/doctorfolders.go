package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tonghop/cmd/tonghop/machine"
	"tonghop/cmd/tonghop/settings"
	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/ledger"
)

// folderThere refuses what is not there, with the keys that say so, or is no folder.
func folderThere(path, missing string, s standing) (result, bool) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return found(s, missing, "folder", path), false
	case err != nil:
		return broken(err), false
	case !info.IsDir():
		return found(standsFailed, "no_folder", "folder", path), false
	}
	return result{}, true
}

// tryWriting writes a small file as a run does, through the disk, and removes it.
func tryWriting(dir string) error {
	path := filepath.Join(dir, fmt.Sprintf(".tonghop-doctor-%d.tmp", os.Getpid()))
	if err := atomicfile.WriteNew(path, []byte("tonghop doctor\n"), 0o600); err != nil {
		return err
	}
	return os.Remove(path)
}

// takesFiles checks a folder of ours: it is there and takes a file.
func takesFiles(path, missing string, s standing) result {
	if r, ok := folderThere(path, missing, s); !ok {
		return r
	}
	if err := tryWriting(path); err != nil {
		return found(standsFailed, "not_writable", "folder", path, "detail", err.Error())
	}
	return found(standsOK, "writable", "folder", path)
}

// checkInputs opens every folder of the inputs and, of each, one file: rights are
// mostly given by folder. Nothing is written to try whether it could be.
func (d *doctor) checkInputs(ctx context.Context) result {
	if !d.known() {
		return skipped
	}
	root := d.settings.Inputs
	if r, ok := folderThere(root, "inputs_missing", standsFailed); !ok {
		return r
	}
	tried, closed := "", 0
	var first error
	note := func(err error) {
		if closed++; first == nil {
			first = err
		}
	}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && filepath.Dir(path) != tried {
			tried = filepath.Dir(path)
			var file *os.File
			if file, err = os.Open(path); err == nil {
				_ = file.Close() // only read
			}
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			note(err)
		}
		return ctx.Err()
	})
	if err != nil {
		return broken(err)
	}
	if closed > 0 {
		return found(standsFailed, "not_readable", "folder", root, "n", closed, "detail", first.Error())
	}
	if d.settings.Feedback == settings.FeedbackBeside { // answers lie beside what was sent
		return takesFiles(root, "inputs_missing", standsFailed)
	}
	if may, err := machine.MayWrite(root); err == nil && may {
		return found(standsOK, "readable_writable", "folder", root)
	}
	return found(standsOK, "readable", "folder", root)
}

// checkOutputs takes no outputs for a beginning, unless something was published.
func (d *doctor) checkOutputs(context.Context) result {
	if !d.known() {
		return skipped
	}
	if d.recorded() {
		return takesFiles(d.settings.Outputs, "outputs_gone", standsFailed)
	}
	return takesFiles(d.settings.Outputs, "not_yet", standsWarning)
}

func (d *doctor) checkState(context.Context) result {
	if !d.known() {
		return skipped
	}
	return takesFiles(d.settings.State, "not_yet", standsWarning)
}

// recorded reports whether there is a ledger.
func (d *doctor) recorded() bool {
	_, err := os.Stat(filepath.Join(d.settings.State, ledger.Name))
	return err == nil
}

func (d *doctor) checkLog(context.Context) result {
	switch file := d.settings.Log.File; {
	case !d.known():
		return skipped
	case file == "":
		return found(standsOK, "log_stderr")
	default:
		r := takesFiles(filepath.Dir(file), "log_folder", standsFailed)
		if r.standing == standsOK {
			return found(standsOK, "log_file", "file", file)
		}
		return r
	}
}

// checkDisk looks at what lies below the state: what another machine says to have
// written or locked may be lost, and with it which report is whose.
func (d *doctor) checkDisk(context.Context) result {
	if !d.known() {
		return skipped
	}
	below := existing(d.settings.State)
	disk, err := machine.DiskOf(below)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		return found(standsUnchecked, "unsupported")
	case err != nil:
		return broken(err)
	}
	facts := []any{"folder", d.settings.State, "kind", disk.Name}
	switch disk.Kind {
	case machine.Network:
		return found(standsFailed, "disk_network", facts...)
	case machine.Memory:
		return found(standsFailed, "disk_memory", facts...)
	case machine.Bridged:
		return found(standsWarning, "disk_bridged", facts...)
	}
	return found(standsOK, "disk_local", facts...)
}

// existing is the folder itself or the nearest above it that is there.
func existing(path string) string {
	for {
		if _, err := os.Stat(path); err == nil || path == filepath.Dir(path) {
			return path
		}
		path = filepath.Dir(path)
	}
}
