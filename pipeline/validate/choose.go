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
// that is not used says otherwise is told, and makes those figures provisional;
// so does a version of which nothing tells whether it is newer. Where the office
// has chosen, that version counts, and only what came after the choice is told.
func (d *dossier) choose(o *rulings) {
	if len(d.versions) == 0 {
		return
	}
	slices.SortFunc(d.versions, newestFirst)
	d.used = slices.MinFunc(d.versions, func(a, b *version) int {
		return cmp.Or(cmp.Compare(a.Errors(), b.Errors()), newestFirst(a, b))
	})
	chosen, choice := o.chosen(d)
	if chosen != nil {
		d.used = chosen
	}
	var older []*version
	for _, v := range d.versions {
		switch order := knownOrder(v, d.used); {
		case v == d.used:
		case chosen != nil && order <= 0 && !o.later(v.Submission, choice):
		case order < 0:
			d.contest(v)
		case order == 0:
			d.askOrder(v)
			older = append(older, v)
		default:
			older = append(older, v)
		}
	}
	d.findWithdrawn(older)
	for _, v := range d.versions {
		finding.Sort(v.Findings)
	}
}

// newestFirst orders versions by the form's "Lần nộp", then by when they were
// received, then by the workbook's own date; the hash only makes it total.
func newestFirst(a, b *version) int {
	return cmp.Or(knownOrder(a, b), cmp.Compare(b.SHA256, a.SHA256), cmp.Compare(a.File, b.File))
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
	d.markContested(differing)
	f := about(finding.ResubmissionNotUsed, newer).
		With("used_file", d.used.File).With("errors", strconv.Itoa(newer.Errors())).With("differences", list(differing))
	if newer.Version != d.used.Version { // else the numbers tell nothing apart
		f = f.With("used_version", strconv.Itoa(d.used.Version)).With("new_version", strconv.Itoa(newer.Version))
	}
	d.used.Findings = append(d.used.Findings, f)
}

// askOrder asks about another version that differs and of which only the hash
// says whether it is newer.
func (d *dossier) askOrder(other *version) {
	differing := differences(d.used, other)
	if len(differing) == 0 {
		return
	}
	d.markContested(differing)
	f := about(finding.VersionOrderUnknown, d.used).With("other_file", other.File).With("differences", list(differing))
	d.used.Findings = append(d.used.Findings, f)
}

func (d *dossier) markContested(differing []difference) {
	if d.used.Contested == nil {
		d.used.Contested = map[string]bool{}
	}
	for _, c := range differing {
		d.used.Contested[c.indicator] = true
	}
}

// findWithdrawn finds figures that an older version gave and the used one
// leaves blank. Versions between that were blank already change nothing: the
// figure is still lost.
func (d *dossier) findWithdrawn(older []*version) {
	for _, v := range d.used.Values.All() {
		if !blank(v) || v.NotDue {
			continue
		}
		for _, o := range older {
			before, ok := o.Value(v.Indicator)
			if !ok || blank(before) {
				continue
			}
			if n, known := before.Figure.Number(); known {
				f := about(finding.ValueWithdrawn, d.used).
					With("previous", n.String()).With("used_version", strconv.Itoa(o.Version))
				f.Indicator, f.Sheet, f.Cell, f.Row, f.Col = v.Indicator, v.Sheet, v.Cell, v.Row, v.Col
				d.used.Findings = append(d.used.Findings, f)
			}
			break
		}
	}
}

func blank(v submission.Value) bool { return v.Text == "" && v.Figure.Is(figure.Blank) }

func about(code finding.Code, v *version) finding.Finding {
	f := finding.New(code)
	f.Unit, f.Period, f.File, f.SHA256 = v.Unit, v.Period, v.File, v.SHA256
	return f
}

// difference is an indicator to which two versions give different answers.
type difference struct {
	indicator   string
	used, other submission.Value
}

func differences(used, other *version) []difference {
	var all []difference
	for _, v := range used.Values.All() {
		o, ok := other.Value(v.Indicator)
		if ok && (!v.Figure.Equal(o.Figure) || v.Text != o.Text) {
			all = append(all, difference{v.Indicator, v, o})
		}
	}
	return all
}

// list gives "CT02_LD: 41 → 45|CT03_HO: … → 3" for the sentence that names
// them.
func list(all []difference) string {
	texts := make([]string, len(all))
	for i, d := range all {
		texts[i] = d.indicator + ": " + shown(d.used) + " → " + shown(d.other)
	}
	return strings.Join(texts, "|")
}

// shown prints an answer within a sentence of any language.
func shown(v submission.Value) string {
	if v.Text == "" {
		return mark(v.Figure)
	}
	text := []rune(strings.ReplaceAll(v.Text, "|", "/"))
	if len(text) > longestAnswer {
		text = append(text[:longestAnswer], '…')
	}
	return "“" + string(text) + "”"
}

const longestAnswer = 40

// mark prints a figure, in place of a number by the marks that the report's
// tables use and explain.
func mark(f figure.Figure) string {
	switch f.State() {
	case figure.Known:
		return f.String()
	case figure.None:
		return "-"
	case figure.NotApplicable:
		return "x"
	case figure.Refused:
		return "(!)"
	}
	return "…"
}
