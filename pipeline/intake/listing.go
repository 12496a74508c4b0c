package intake

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"tonghop/pipeline/vietnamese"
)

// RegisterName is the office's register of receipts, at the top of the folder.
const RegisterName = "so-nhan.csv"

// ownFolders are the office's and this program's, at any depth: the annotated
// copies that units get back, and the office's decisions.
var ownFolders = []string{ReturnFolder, "_van-phong"}

// ReturnFolder holds, beside the files that units sent, what they get back.
const ReturnFolder = "_phan-hoi"

// Passed reports whether a name says that it holds no report and no decision of
// the office: what comes and goes under it is no news. Of a folder all that is in
// it is passed over.
func Passed(base string, folder bool) bool {
	if folder {
		return strings.HasPrefix(base, ".") || strings.EqualFold(base, ReturnFolder)
	}
	return ignoredName(base)
}

// entry is one thing found below the folder that is not descended into.
type entry struct {
	name string // as the file system has it
	path string // slash-separated, NFC, valid UTF-8: how people are told of it
	kind entryKind
	info fs.FileInfo // by lstat; nil for ignored, unreadable and vanished
	err  error       // of unreadable
}

type entryKind uint8

const (
	ignored      entryKind = iota // by its name
	report                        // a regular file to be read
	registerFile                  // the office's register of receipts
	irregular                     // a link, pipe, device or socket
	unreadable                    // a folder or entry that the system does not show
	vanished                      // gone between listing and looking
)

// readable reports whether the entry's content is looked at.
func (e entry) readable() bool { return e.kind == report || e.kind == registerFile }

// list finds every entry, ordered by path. Only the top folder's own trouble is
// an error.
func list(root *os.Root) ([]entry, error) {
	l := listing{root: root}
	if err := l.folder("."); err != nil {
		return nil, err
	}
	slices.SortFunc(l.entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.path, b.path), cmp.Compare(a.name, b.name))
	})
	return l.entries, nil
}

type listing struct {
	root    *os.Root
	entries []entry
}

func (l *listing) folder(name string) error {
	dir, err := l.root.OpenFile(name, os.O_RDONLY|withoutWaiting, 0)
	if err != nil {
		return err
	}
	found, err := dir.ReadDir(-1)
	if closing := dir.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	for _, d := range found {
		l.add(filepath.Join(name, d.Name()), d)
	}
	return nil
}

func (l *listing) add(name string, d fs.DirEntry) {
	e := entry{name: name, path: shownPath(name)}
	base := path.Base(e.path)
	if d.IsDir() {
		if strings.HasPrefix(base, ".") || slices.Contains(ownFolders, strings.ToLower(base)) {
			return
		}
		if err := l.folder(name); err != nil {
			e.kind, e.err = unreadable, err
			l.entries = append(l.entries, e)
		}
		return
	}
	if !ignoredName(base) {
		e.look(l.root)
	}
	l.entries = append(l.entries, e)
}

// look sees what the entry is without opening it: opening a pipe would wait for
// whoever writes to it.
func (e *entry) look(root *os.Root) {
	info, err := root.Lstat(e.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.kind = vanished
	case err != nil:
		e.kind, e.err = unreadable, err
	case !info.Mode().IsRegular():
		e.kind, e.info = irregular, info
	case strings.EqualFold(e.path, RegisterName):
		e.kind, e.info = registerFile, info
	default:
		e.kind, e.info = report, info
	}
}

// shownPath is a path as people and other systems can read it: Macs store
// names decomposed, and a name need not be text at all, nor stand on one line.
func shownPath(name string) string {
	seen := strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) {
			return '\uFFFD'
		}
		return c
	}, strings.ToValidUTF8(filepath.ToSlash(name), "\uFFFD"))
	return vietnamese.NFC(seen)
}

// ignoredName tells hidden files, lock files, what office and operating systems
// leave behind, and what browsers and copiers have not finished.
func ignoredName(base string) bool {
	lower := strings.ToLower(base)
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") || lower == "thumbs.db" || lower == "desktop.ini" ||
		slices.Contains(unfinished, path.Ext(lower))
}

// unfinished are endings of names that a file has until it is whole.
var unfinished = []string{".tmp", ".part", ".filepart", ".partial", ".crdownload", ".opdownload", ".download"}

// lockedFile names the file that a lock file of Excel (~$name) or LibreOffice
// (.~lock.name#) stands for.
func lockedFile(lock string) (string, bool) {
	dir, base := path.Split(lock)
	if name, ok := strings.CutPrefix(base, "~$"); ok && name != "" {
		return dir + name, true
	}
	if name, ok := strings.CutPrefix(base, ".~lock."); ok && strings.HasSuffix(name, "#") {
		return dir + strings.TrimSuffix(name, "#"), true
	}
	return "", false
}

// irregularKind names what is not a regular file.
func irregularKind(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeSymlink != 0:
		return "symlink"
	case mode&fs.ModeNamedPipe != 0:
		return "fifo"
	case mode&fs.ModeSocket != 0:
		return "socket"
	case mode&fs.ModeDevice != 0:
		return "device"
	}
	return "irregular"
}
