package submission

import "slices"

// SameAnswers reports whether two workbooks say the same, whatever was done to
// their cells' looks: an annotated copy sent back unchanged is no new report.
func SameAnswers(a, b *Submission) bool {
	return a.Unit == b.Unit && a.Period == b.Period && a.Version == b.Version && a.Reason == b.Reason &&
		a.NilReturn == b.NilReturn && a.PreparedBy == b.PreparedBy && a.ApprovedBy == b.ApprovedBy && a.Phone == b.Phone &&
		slices.EqualFunc(a.Values.List(), b.Values.List(), func(v, w Value) bool {
			return v.Indicator == w.Indicator && v.Figure.Equal(w.Figure) && v.Text == w.Text && v.Note == w.Note
		}) &&
		slices.EqualFunc(a.Remarks, b.Remarks, func(r, s Remark) bool {
			return r.Programme == s.Programme && r.Kind == s.Kind && r.Text == s.Text
		})
}
