package snapshot_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tonghop/pipeline/snapshot"
)

func none(string) bool { return false }

func all(snapshot.Entry) bool { return true }

func write(t *testing.T, folder, name, text string) string {
	t.Helper()
	path := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func list(t *testing.T, folder string, pass func(string) bool) snapshot.Tree {
	t.Helper()
	tree, err := snapshot.List(t.Context(), folder, pass)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func paths(tree snapshot.Tree) (all []string) {
	for _, e := range tree {
		all = append(all, e.Path)
	}
	return all
}

func TestListIsWholeAndInOrder(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"b/2.txt", "b/1.txt", "a.txt", "Bằng.txt", ".hidden/x", "out/y"} {
		write(t, folder, name, name)
	}
	if err := os.Mkdir(filepath.Join(folder, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	got := paths(list(t, folder, func(path string) bool { return path == "out" }))
	want := []string{".hidden", ".hidden/x", "Bằng.txt", "a.txt", "b", "b/1.txt", "b/2.txt", "empty"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if tree := list(t, filepath.Join(folder, "nowhere"), none); tree != nil {
		t.Errorf("what is not there holds %v", tree)
	}
}

// A link is listed and never followed, out of the folder or within.
func TestLinksAreNotFollowed(t *testing.T) {
	elsewhere := t.TempDir()
	write(t, elsewhere, "secret.txt", "secret")
	folder := t.TempDir()
	if err := os.Symlink(elsewhere, filepath.Join(folder, "away")); err != nil {
		t.Skip(err) // Windows lets not everybody make links
	}
	if err := os.Symlink(filepath.Join(elsewhere, "secret.txt"), filepath.Join(folder, "file")); err != nil {
		t.Fatal(err)
	}
	tree := list(t, folder, none)
	read, err := tree.Read(t.Context(), folder, all)
	if err != nil || !slices.Equal(paths(read), []string{"away", "file"}) || read.Digest() != tree.Digest() {
		t.Errorf("%q, %v", paths(read), err)
	}
}

func TestTheDigestTellsEveryDifference(t *testing.T) {
	folder := t.TempDir()
	path := write(t, folder, "a/b.txt", "one")
	old := time.Date(2025, 6, 18, 7, 0, 0, 0, time.UTC)
	date := func(at time.Time) {
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	date(old)
	look := func() (listed, read string) {
		tree := list(t, folder, none)
		whole, err := tree.Read(t.Context(), folder, all)
		if err != nil {
			t.Fatal(err)
		}
		return tree.Digest(), whole.Digest()
	}
	listed, read := look()
	if again, whole := look(); again != listed || whole != read {
		t.Fatal("two looks at the same differ")
	}

	write(t, folder, "a/b.txt", "two")
	date(old)
	if again, whole := look(); again != listed || whole == read {
		t.Errorf("content alone: listing the same %t, content the same %t", again == listed, whole == read)
	}
	write(t, folder, "a/b.txt", "one")
	date(old.Add(time.Nanosecond * 100))
	if again, _ := look(); again == listed {
		t.Error("another time does not show")
	}
	date(old)
	for name, change := range map[string]func(){
		"size":   func() { write(t, folder, "a/b.txt", "four"); date(old) },
		"file":   func() { write(t, folder, "a/c.txt", "") },
		"folder": func() { _ = os.Mkdir(filepath.Join(folder, "a/d"), 0o755) },
		"gone":   func() { _ = os.Remove(path) },
	} {
		before, _ := look()
		change()
		if after, _ := look(); after == before {
			t.Errorf("%s: does not show", name)
		}
		if name != "gone" {
			continue
		}
		path = write(t, folder, "a/b.txt", "one")
		date(old)
	}
}

// What is no longer as it was listed is not taken for what it was.
func TestReadRefusesWhatChangedSinceItWasListed(t *testing.T) {
	folder := t.TempDir()
	path := write(t, folder, "a.txt", "one")
	for name, change := range map[string]func(){
		"longer":  func() { write(t, folder, "a.txt", "longer") },
		"shorter": func() { write(t, folder, "a.txt", "s") },
		"gone":    func() { _ = os.Remove(path) },
	} {
		tree := list(t, folder, none)
		change()
		if _, err := tree.Read(t.Context(), folder, all); err == nil {
			t.Errorf("%s: read", name)
		}
		write(t, folder, "a.txt", "one")
	}
	tree := list(t, folder, none)
	if part := tree.Where(func(e snapshot.Entry) bool { return e.Path != "a.txt" }); len(part) != 0 || len(tree) != 1 {
		t.Errorf("%v of %v", part, tree)
	}
}
