package pipeline

import (
	"errors"
	"testing"

	"tonghop/pipeline/submission"
)

// A file that was seen and has no disposition was lost on the way: no report is
// made of the rest.
func TestAccountOfFiles(t *testing.T) {
	seen := submission.Batch{{}, {}, {}}
	counted, lost := submission.File{Disposition: submission.Counted}, submission.File{}
	for _, c := range []struct {
		name      string
		files     []submission.File
		hidden    int
		accounted int
	}{
		{"all", []submission.File{counted, counted, counted}, 0, 3},
		{"some came after as-of", []submission.File{counted}, 2, 3},
		{"one without a disposition", []submission.File{counted, lost, counted}, 0, 2},
		{"one too few", []submission.File{counted, counted}, 0, 2},
		{"one too many", []submission.File{counted, counted, counted}, 1, 4},
	} {
		err := account(seen, c.files, c.hidden)
		var wrong *CountsError
		switch {
		case c.accounted == len(seen) && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.accounted != len(seen) && (!errors.As(err, &wrong) || *wrong != CountsError{Seen: len(seen), Accounted: c.accounted}):
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
