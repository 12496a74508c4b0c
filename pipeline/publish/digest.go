package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
)

// digest takes in what a file holds, of which it keeps the sha256 and the size.
type digest struct {
	hash hash.Hash
	size int64
}

func newDigest() *digest { return &digest{hash: sha256.New()} }

// Write never fails.
func (d *digest) Write(data []byte) (int, error) {
	d.size += int64(len(data))
	return d.hash.Write(data)
}

func (d *digest) sum() string { return hex.EncodeToString(d.hash.Sum(nil)) }

// check is *DamagedError where what was seen of a revision's file is not what the
// manifest lists.
func (e Entry) check(dir string, seen *digest) error {
	if seen.sum() == e.SHA256 {
		return nil
	}
	return &DamagedError{Dir: dir, File: e.Name, Err: fmt.Errorf("%s is not what its manifest lists", e.Name)}
}

// describes reports whether a file, a copy, holds what an entry says.
func (e Entry) describes(path string) bool {
	if info, err := os.Stat(path); err != nil || info.Size() != e.Size {
		return false
	}
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	seen := newDigest()
	_, err = io.Copy(seen, file)
	return err == nil && seen.sum() == e.SHA256
}

func sum(data []byte) string {
	hash := sha256.Sum256(data)
	return hex.EncodeToString(hash[:])
}
