package intake

import (
	"unique"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
)

// own gives what was read its own texts. Those of the workbook would keep all of
// the workbook in memory; and most are the same in every report.
func own(r *submission.Received) {
	ownFindings(r.Findings)
	s := r.Submission
	if s == nil {
		return
	}
	ownFindings(s.Findings)
	ownTexts(&s.Reason, &s.FormVersion, &s.PreparedBy, &s.ApprovedBy, &s.Phone)
	for i := range s.Values {
		v := &s.Values[i]
		ownTexts(&v.Text, &v.Sheet, &v.Cell, &v.Raw, &v.Note)
	}
	for i := range s.Remarks {
		m := &s.Remarks[i]
		ownTexts(&m.Text, &m.Sheet, &m.Cell)
	}
}

func ownFindings(all []finding.Finding) {
	for i := range all {
		f := &all[i]
		ownTexts(&f.Sheet, &f.Cell, &f.Raw, &f.Read, &f.Want)
		for key, text := range f.Args {
			ownTexts(&text)
			f.Args[key] = text
		}
	}
}

func ownTexts(texts ...*string) {
	for _, text := range texts {
		*text = unique.Make(*text).Value()
	}
}
