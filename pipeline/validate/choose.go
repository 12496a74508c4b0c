package validate

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
)

// choose settles which version counts: the newest without an error; if none,
// the one with the fewest errors, then the newest. Whatever a newer version
// that is not used says otherwise is told, and makes those figures provisional.
func (d *dossier) choose() {
	if len(d.versions) == 0 {
		return
	}
	slices.SortFunc(d.versions, newestFirst)
	d.used = slices.MinFunc(d.versions, func(a, b *version) int {
		return cmp.Or(cmp.Compare(a.Errors(), b.Errors()), newestFirst(a, b))
	})
	for i, v := range d.versions {
		if v == d.used {
			d.compareOlder(i)
			break
		}
		d.contest(v)
	}
	for _, v := range d.versions {
		finding.Sort(v.Findings)
	}
}

// newestFirst orders versions by the form's "Lần nộp", then by when they were
// received, then by the workbook's own date; the hash only makes it total.
func newestFirst(a, b *version) int {
	return cmp.Or(knownOrder(a, b), cmp.Compare(b.SHA256, a.SHA256))
}

func knownOrder(a, b *version) int {
	return cmp.Or(
		cmp.Compare(b.Version, a.Version),
		b.ReceivedAt.Compare(a.ReceivedAt),
		b.Modified.Compare(a.Modified),
	)
}

// contest tells that a newer version is not used and where it differs.
func (d *dossier) contest(newer *version) {
	differing := differences(d.used, newer)
	if d.used.Contested == nil {
		d.used.Contested = map[string]bool{}
	}
	for _, c := range differing {
		d.used.Contested[c.indicator] = true
	}
	f := d.about(finding.ResubmissionNotUsed, newer).
		With("used_version", strconv.Itoa(d.used.Version)).With("new_version", strconv.Itoa(newer.Version)).
		With("used_file", d.used.File).With("errors", strconv.Itoa(newer.Errors())).With("differences", list(differing))
	d.used.Findings = append(d.used.Findings, f)
}

// compareOlder looks from the used version at the one before it: a figure that
// became blank was withdrawn, and two versions that only the hash could order
// are asked about where they differ.
func (d *dossier) compareOlder(used int) {
	if used+1 == len(d.versions) {
		return
	}
	older := d.versions[used+1]
	for _, v := range d.used.Values {
		before, ok := older.Value(v.Indicator)
		if ok && before.Figure.State().Counts() && v.Figure.Is(figure.Blank) && v.Text == "" && !v.NotDue {
			f := d.about(finding.ValueWithdrawn, d.used)
			f.Indicator, f.Sheet, f.Cell, f.Row, f.Col = v.Indicator, v.Sheet, v.Cell, v.Row, v.Col
			d.used.Findings = append(d.used.Findings, f.With("previous", before.Figure.String()).With("used_version", strconv.Itoa(older.Version)))
		}
	}
	if knownOrder(d.used, older) == 0 {
		if differing := differences(d.used, older); len(differing) > 0 {
			f := d.about(finding.VersionOrderUnknown, d.used).With("other_file", older.File).With("differences", list(differing))
			d.used.Findings = append(d.used.Findings, f)
		}
	}
}

func (d *dossier) about(code finding.Code, v *version) finding.Finding {
	f := finding.New(code)
	f.Unit, f.Period, f.File = v.Unit, v.Period, v.File
	return f
}

// difference is a figure that two versions give differently.
type difference struct {
	indicator   string
	used, newer figure.Figure
}

// list gives "CT02_LD: 41 → 45|CT03_HO: blank → 3" for the sentence that
// names them.
func list(all []difference) string {
	texts := make([]string, len(all))
	for i, d := range all {
		texts[i] = d.indicator + ": " + d.used.String() + " → " + d.newer.String()
	}
	return strings.Join(texts, "|")
}

func differences(used, other *version) []difference {
	var all []difference
	for _, v := range used.Values {
		o, ok := other.Value(v.Indicator)
		if ok && (!v.Figure.Equal(o.Figure) || v.Text != o.Text) {
			all = append(all, difference{v.Indicator, v.Figure, o.Figure})
		}
	}
	return all
}

// firstReceivable is the earliest version that can be called handed in: enough
// of its required cells carry a state.
func (d *dossier) firstReceivable(in Input) *submission.Submission {
	var first *submission.Submission
	for _, v := range d.versions {
		if receivable(v.Submission, in) && (first == nil || v.ReceivedAt.Before(first.ReceivedAt)) {
			first = v.Submission
		}
	}
	return first
}

func receivable(s *submission.Submission, in Input) bool {
	asked, carrying := 0, 0
	for _, v := range s.Values {
		ind, ok := in.Catalogue.Indicator(v.Indicator)
		if !ok || !ind.Required || v.NotDue {
			continue
		}
		asked++
		if v.Text != "" || !v.Figure.Is(figure.Blank) {
			carrying++
		}
	}
	return carrying*100 >= asked*in.ReceivableShare
}
