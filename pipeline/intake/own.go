package intake

import (
	"strings"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
)

// own gives what was read its own texts, in one piece of memory. Those of the
// workbook would keep all of the workbook. The names of sheets and cells are no
// part of it, and values have their own.
func own(r *submission.Received) {
	var room strings.Builder
	size := 0
	eachText(r, func(text *string) { size += len(*text) })
	room.Grow(size)
	eachText(r, func(text *string) {
		start := room.Len()
		room.WriteString(*text)
		*text = room.String()[start:]
	})
}

// eachText visits whatever may be a piece of the workbook's text.
func eachText(r *submission.Received, visit func(*string)) {
	ofFindings(r.Findings, visit)
	s := r.Submission
	if s == nil {
		return
	}
	ofFindings(s.Findings, visit)
	for _, text := range []*string{&s.Reason, &s.FormVersion, &s.PreparedBy, &s.ApprovedBy, &s.Phone} {
		visit(text)
	}
	for i := range s.Remarks {
		visit(&s.Remarks[i].Text)
	}
}

func ofFindings(all []finding.Finding, visit func(*string)) {
	for i := range all {
		f := &all[i]
		visit(&f.Raw)
		visit(&f.Read)
		visit(&f.Want)
		for key, text := range f.Args {
			visit(&text)
			f.Args[key] = text
		}
	}
}
