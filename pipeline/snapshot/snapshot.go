// Package snapshot owns telling whether what lies below a folder is still what lay
// there: names, kinds, sizes and times, and where that is not enough the content.
package snapshot

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"tonghop/pipeline/parallel"
)

// Tree is what lies below a folder, ordered by path.
type Tree []Entry

// Entry is one thing that lies there. Of a folder the time says nothing: what is in
// it is listed.
type Entry struct {
	Path     string // relative to the folder, slash-separated, as the system spells it
	Mode     fs.FileMode
	Size     int64     // of a file
	Modified time.Time // of what is no folder
	SHA256   string    // of a file's content, hex; empty where it was not read
}

// List looks at all that lies below a folder but what pass leaves out, a file or a
// folder with all that is in it; nothing does where it is not there. Links are not
// followed. Whatever cannot be looked at is an error: nobody could say that it is as
// it was.
func List(ctx context.Context, folder string, pass func(path string) bool) (Tree, error) {
	var tree Tree
	root, err := os.OpenRoot(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil {
		defer root.Close()
		err = tree.list(ctx, root, ".", pass)
	}
	if err != nil {
		return nil, fmt.Errorf("look at %s: %w", folder, err)
	}
	slices.SortFunc(tree, func(a, b Entry) int { return cmp.Compare(a.Path, b.Path) })
	return tree, nil
}

// readers is how many files are read at a time.
const readers = 2

// Read gives the tree with what those of its regular files hold that are wanted. The
// error says that one is no longer as it was listed.
func (t Tree) Read(ctx context.Context, folder string, want func(Entry) bool) (Tree, error) {
	var wanted []int
	for i, e := range t {
		if e.Mode.IsRegular() && want(e) {
			wanted = append(wanted, i)
		}
	}
	if len(wanted) == 0 {
		return t, nil
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("read in %s: %w", folder, err)
	}
	defer root.Close()
	t = slices.Clone(t)
	failed := make([]error, len(t))
	if err := parallel.Each(ctx, wanted, readers, func(i int) { failed[i] = t[i].read(root) }); err != nil {
		return nil, err
	}
	if err := cmp.Or(failed...); err != nil {
		return nil, fmt.Errorf("read in %s: %w", folder, err)
	}
	return t, nil
}

func (t *Tree) list(ctx context.Context, root *os.Root, folder string, pass func(path string) bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	dir, err := root.Open(filepath.FromSlash(folder))
	if err != nil {
		return err
	}
	defer dir.Close()
	found, err := dir.ReadDir(-1)
	if err != nil {
		return err
	}
	for _, d := range found {
		e := Entry{Path: path.Join(folder, d.Name()), Mode: d.Type()}
		if pass(e.Path) {
			continue
		}
		if !d.IsDir() {
			info, err := d.Info()
			if err != nil {
				return err
			}
			e.Mode, e.Size, e.Modified = info.Mode(), info.Size(), info.ModTime()
		}
		*t = append(*t, e)
		if d.IsDir() {
			if err := t.list(ctx, root, e.Path, pass); err != nil {
				return err
			}
		}
	}
	return nil
}

// read hashes a file's content, which must be what was listed.
func (e *Entry) read(root *os.Root) error {
	file, err := root.OpenFile(filepath.FromSlash(e.Path), os.O_RDONLY|withoutWaiting, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	hash := sha256.New()
	size, err := io.Copy(hash, io.LimitReader(file, e.Size+1))
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if size != e.Size || info.Mode() != e.Mode || !info.ModTime().Equal(e.Modified) {
		return fmt.Errorf("%s changes while it is read", e.Path)
	}
	e.SHA256 = hex.EncodeToString(hash.Sum(nil))
	return nil
}

// Where is the part of a tree for which a test holds.
func (t Tree) Where(holds func(Entry) bool) Tree {
	var part Tree
	for _, e := range t {
		if holds(e) {
			part = append(part, e)
		}
	}
	return part
}

// Digest is equal for trees that are equal, and for no others.
func (t Tree) Digest() string {
	hash := sha256.New()
	for _, e := range t {
		_, _ = fmt.Fprintf(hash, "%q %o %d %d %s\n", e.Path, e.Mode, e.Size, e.Modified.UnixNano(), e.SHA256) // a hash takes all
	}
	return hex.EncodeToString(hash.Sum(nil))
}
