package report

import "slices"

// Edition is for whom a report is made.
type Edition string

// The editions. The zero value is the internal one.
const (
	Internal Edition = "internal" // all there is
	// Meeting is what is laid before a meeting: without what single units have to
	// correct, what was not used, and who comes first or last.
	Meeting Edition = "meeting"
)

// Annex is an appendix.
type Annex string

// The appendices.
const (
	AnnexUnits          Annex = "units"
	AnnexNotUsed        Annex = "not_used"
	AnnexSubmissions    Annex = "submissions"
	AnnexMethod         Annex = "method"
	AnnexChanges        Annex = "changes"
	AnnexReconciliation Annex = "reconciliation"
)

// Annexes are all appendices, in the order of a report for which no other was
// chosen.
var Annexes = []Annex{AnnexUnits, AnnexNotUsed, AnnexSubmissions, AnnexMethod, AnnexChanges, AnnexReconciliation}

// annexes are the appendices of this report in their order: those chosen for
// which it has anything to say.
func (in Input) annexes() []Annex {
	chosen := in.Annexes
	if chosen == nil {
		chosen = Annexes
	}
	return slices.DeleteFunc(slices.Clone(chosen), func(a Annex) bool {
		switch a {
		case AnnexNotUsed:
			return in.Edition == Meeting || len(in.unused()) == 0
		case AnnexChanges:
			return in.Before == 0 || len(in.Changes) == 0
		case AnnexReconciliation:
			return len(in.Adjustments) == 0
		}
		return false
	})
}

// annexLabel names an appendix, "Phụ lục II"; empty where the report is without
// it.
func (c *composer) annexLabel(a Annex) string {
	at := slices.Index(c.annexes(), a)
	if at < 0 {
		return ""
	}
	return c.say("report.annex", "number", roman(at+1))
}

// appendix is a whole appendix under its title.
func (c *composer) appendix(a Annex) Section {
	var s Section
	var title string
	switch a {
	case AnnexUnits:
		s, title = c.unitTables(), c.say("report.section.annex_units")
	case AnnexNotUsed:
		s, title = c.notUsed(), c.say("report.section.annex_unused")
	case AnnexSubmissions:
		s, title = c.submissions(), c.say("report.section.annex_submissions")
	case AnnexMethod:
		s, title = c.method(), c.say("report.section.annex_method")
	case AnnexChanges:
		s, title = c.changes(), c.say("report.section.changes", "revision", year(c.Before))
	case AnnexReconciliation:
		s, title = c.reconciliation(), c.say("report.section.reconciliation", "month", c.Reconciled)
	}
	s.Annex = c.annexLabel(a)
	s.Blocks = append([]Block{AnnexTitle{Label: s.Annex, Title: title, Note: c.attachedTo()}}, s.Blocks...)
	return s
}

// attachedTo says under an appendix's title which report it belongs to.
func (c *composer) attachedTo() string {
	if c.Signed == nil {
		return c.say("report.attached", "symbol", c.Office.Symbol, "issuer", c.Office.Issuer)
	}
	return c.say("report.attached_signed", "number", c.Signed.Number, "dated", c.date(c.Signed.Dated), "issuer", c.Office.Issuer)
}

// roman writes a small number as official papers number their appendices.
func roman(n int) string {
	var out string
	for _, digit := range []struct {
		value int
		text  string
	}{{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= digit.value {
			out += digit.text
			n -= digit.value
		}
	}
	return out
}
