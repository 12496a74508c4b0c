package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/atomicfile"
)

// To a command that a test starts: the folder to record in what a power cut would
// leave, step by step, and the office whose outputs and state are recorded.
const (
	recordIn   = "TONGHOP_TEST_RECORD_IN"
	recordRoot = "TONGHOP_TEST_RECORD_ROOT"
)

// node is a file or a folder of a modelled disk. A file's content counts up to its
// last sync; a name, be it new, changed or gone, once its folder was synced. It is
// the harshest disk that keeps the rules: a real one may have kept more. Not in the
// model are a disk that lies about a sync, a sector torn in two, what a file system
// does to names all by itself, and SQLite's own files: those are taken as they
// stand, since SQLite syncs by rules of its own that it tests for itself. They are
// part of what random kills disturb.
type node struct {
	folder         bool
	data, kept     []byte
	names, keeping map[string]*node
}

func newFolder() *node {
	return &node{folder: true, names: map[string]*node{}, keeping: map[string]*node{}}
}

// recorder works out, before each step, what a power cut would leave.
type recorder struct {
	into, root string
	disk       *node
	steps      int
}

// newRecorder takes what is there as long since on the disk.
func newRecorder(into, root string) *recorder {
	r := &recorder{into: into, root: root, disk: newFolder()}
	for _, top := range []string{"outputs", "state"} {
		if _, err := os.Stat(filepath.Join(root, top)); err == nil {
			r.disk.names[top] = asItStands(filepath.Join(root, top))
			r.disk.keeping[top] = r.disk.names[top]
		}
	}
	return r
}

func asItStands(path string) *node {
	entries, err := os.ReadDir(path)
	if err != nil {
		data, err := os.ReadFile(path)
		if err != nil {
			panic(err)
		}
		return &node{data: data, kept: data}
	}
	folder := newFolder()
	for _, e := range entries {
		if !sqlite(e.Name()) {
			folder.names[e.Name()] = asItStands(filepath.Join(path, e.Name()))
		}
	}
	folder.keeping = maps.Clone(folder.names)
	return folder
}

func sqlite(name string) bool { return strings.HasPrefix(name, "ledger.db") }

// before notes what is on the disk now and then does to the model what is about to
// be done to the disk.
func (r *recorder) before(s atomicfile.Step) {
	r.steps++
	r.leave(filepath.Join(r.into, strconv.Itoa(r.steps)))
	folder, name := r.find(s.Path)
	switch s.Deed {
	case atomicfile.MakeFolders: // find has made those above it
		if folder.names[name] == nil {
			folder.names[name] = newFolder()
		}
	case atomicfile.Create:
		folder.names[name] = &node{}
	case atomicfile.WriteData, atomicfile.AppendData:
		file := folder.names[name]
		file.data = append(append([]byte{}, file.data...), s.Data...)
	case atomicfile.Shorten:
		folder.names[name].data = folder.names[name].data[:s.Size]
	case atomicfile.SyncFile:
		if file := folder.names[name]; file != nil { // SQLite's own
			file.kept = file.data
		}
	case atomicfile.SyncFolder:
		synced, _ := r.find(filepath.Join(s.Path, "any"))
		synced.keeping = maps.Clone(synced.names)
	case atomicfile.GiveName, atomicfile.GiveMoreName:
		to, name2 := r.find(s.To)
		to.names[name2] = folder.names[name]
		if s.Deed == atomicfile.GiveName {
			delete(folder.names, name)
		}
	case atomicfile.RemoveAll:
		delete(folder.names, name)
	default:
		panic("a step that the model does not know: " + string(s.Deed))
	}
}

// find gives the folder of a path, and the name in it.
func (r *recorder) find(path string) (*node, string) {
	rel, err := filepath.Rel(r.root, path)
	if err != nil || !filepath.IsLocal(rel) {
		panic(fmt.Sprintf("written outside the office: %s", path))
	}
	parts := strings.Split(filepath.ToSlash(rel), "/")
	folder := r.disk
	for _, part := range parts[:len(parts)-1] {
		if folder.names[part] == nil {
			folder.names[part] = newFolder()
		}
		folder = folder.names[part]
	}
	return folder, parts[len(parts)-1]
}

// leave writes what a power cut would leave.
func (r *recorder) leave(dir string) {
	must(os.MkdirAll(dir, 0o755))
	r.disk.write(dir)
	state := filepath.Join(r.root, "state")
	for _, name := range []string{"ledger.db", "ledger.db-wal"} { // the index -shm is made anew after a cut
		if data, err := os.ReadFile(filepath.Join(state, name)); err == nil {
			must(os.MkdirAll(filepath.Join(dir, "state"), 0o755))
			must(os.WriteFile(filepath.Join(dir, "state", name), data, 0o644))
		}
	}
}

func (n *node) write(path string) {
	if !n.folder {
		must(os.WriteFile(path, n.kept, 0o644))
		return
	}
	must(os.MkdirAll(path, 0o755))
	for name, below := range n.keeping {
		below.write(filepath.Join(path, name))
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// recording is what an undisturbed run did.
type recording struct {
	dir   string
	steps int
	took  time.Duration
}

// recorded runs an office undisturbed, as a process of its own.
func recorded(t *testing.T, office string) recording {
	t.Helper()
	r := recording{dir: t.TempDir()}
	begun := time.Now()
	if out, err := process(juneRun(office), recordIn+"="+r.dir, recordRoot+"="+office).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	r.took = time.Since(begun)
	entries, err := os.ReadDir(r.dir)
	if err != nil {
		t.Fatal(err)
	}
	r.steps = len(entries)
	return r
}

// left makes an office what a power cut before a step has left of it.
func (r recording) left(t *testing.T, step int, office string) {
	t.Helper()
	for _, top := range []string{"outputs", "state"} {
		if err := os.RemoveAll(filepath.Join(office, top)); err != nil {
			t.Fatal(err)
		}
		from := filepath.Join(r.dir, strconv.Itoa(step), top)
		if _, err := os.Stat(from); err == nil {
			copied(t, filepath.Join(office, top), from)
		}
	}
}
