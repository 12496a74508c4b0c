package intake

import (
	"os"
	"path/filepath"
	"testing"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
)

// A file of the same name, size and time that is put in a file's place after that was
// looked at is another file, and waits for the next pass.
func TestAFileExchangedBeforeItIsOpenedWaits(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.xlsx")
	for _, name := range []string{path, path + ".new"} {
		if err := os.WriteFile(name, []byte("twelve bytes"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	looked, err := root.Lstat("a.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	file, trouble := open(root, "a.xlsx", looked)
	if trouble != nil {
		t.Fatalf("the file that was looked at: %+v", trouble)
	}
	if err := file.Close(); err != nil { // Windows lets nobody replace an open file
		t.Fatal(err)
	}
	if err := os.Chtimes(path+".new", looked.ModTime(), looked.ModTime()); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
	if _, trouble := open(root, "a.xlsx", looked); trouble == nil || trouble.disposition != submission.Deferred || trouble.finding.Code != finding.StillBeingWritten {
		t.Errorf("another file in its place: %+v", trouble)
	}
}
