package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// tempName gives a name such as ".report.pdf.0123456789abcdef.tmp". The dot hides
// it, and the ending keeps anything that looks for workbooks away from it.
func tempName(name string) string {
	const longest = 200 // most file systems end a name at 255 bytes
	if len(name) > longest {
		name = strings.ToValidUTF8(name[:longest], "")
	}
	return fmt.Sprintf(".%s.%016x.tmp", name, rand.Uint64())
}

var tempPattern = regexp.MustCompile(`^\..+\.[0-9a-f]{16}\.tmp$`)

// RemoveLeftovers removes from a folder, but not from the folders in it, the
// temporary files and folders that a killed process left, and gives their names.
// Other names are not touched, nor links. It removes what another process is just
// writing: call it while holding the lock. A folder that does not exist has no
// leftovers.
func RemoveLeftovers(folder string) ([]string, error) {
	return removeLeftovers(folder, tempPattern.MatchString)
}

// RemoveLeftoversOf removes what a killed process left of one file, where others
// may be writing other files into its folder. Call it while nobody writes that file.
func RemoveLeftoversOf(path string) ([]string, error) {
	folder, name := filepath.Split(path)
	begin := "." + name + "."
	return removeLeftovers(filepath.Clean(folder), func(found string) bool {
		rest, ours := strings.CutPrefix(found, begin)
		return ours && len(rest) == len("0123456789abcdef.tmp") && tempPattern.MatchString(found)
	})
}

func removeLeftovers(folder string, isOne func(name string) bool) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for leftovers in %s: %w", folder, reason(err))
	}
	var removed []string
	var failed error
	for _, entry := range entries {
		ours := isOne(entry.Name()) && (entry.IsDir() || entry.Type().IsRegular())
		if !ours {
			continue
		}
		path := filepath.Join(folder, entry.Name())
		if err := remove(path); err != nil {
			failed = errors.Join(failed, fmt.Errorf("remove leftover %s: %w", path, reason(err)))
			continue
		}
		removed = append(removed, entry.Name())
	}
	return removed, failed
}
