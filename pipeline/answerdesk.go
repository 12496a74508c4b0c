package pipeline

import (
	"slices"
	"strings"
	"sync"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/feedback"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/validate"
)

// answerDesk has at hand what answers are made from. Several may ask it at once.
type answerDesk struct {
	*Pipeline
	checked  *validate.Checked
	sealOf   func(period.Month) *Seal
	contact  string
	files    map[string]submission.File  // those answered, by path
	findings map[string][]report.Finding // by file
	mended   map[string]bool             // files in whose place a newer version counts

	guard    sync.Mutex
	receipts map[period.Month]map[string]summary.Receipt // as they are asked for
}

func (p *Pipeline) answerDesk(out *Outcome, checked *validate.Checked) *answerDesk {
	d := &answerDesk{
		Pipeline: p, checked: checked, sealOf: out.sealOf, contact: p.contact(), files: map[string]submission.File{},
		findings: map[string][]report.Finding{}, mended: report.Mended(out.toUnits, out.Files), receipts: map[period.Month]map[string]summary.Receipt{},
	}
	for _, f := range out.Files {
		if answered(f) {
			d.files[f.Path] = f
		}
	}
	for _, f := range out.toUnits {
		d.findings[f.File] = append(d.findings[f.File], f)
	}
	return d
}

// contact is whom units ask: the city office, as the catalogue has it.
func (p *Pipeline) contact() string {
	for _, u := range p.Catalogue.Units {
		if u.Kind != catalogue.CityOffice {
			continue
		}
		known := slices.DeleteFunc([]string{u.Contact, u.Phone, u.Email}, func(s string) bool { return s == "" })
		if len(known) > 0 {
			return strings.Join(known, ", ")
		}
		return u.Name
	}
	return ""
}

func (d *answerDesk) receipt(unit string, m period.Month) (summary.Receipt, bool) {
	d.guard.Lock()
	defer d.guard.Unlock()
	byUnit, ok := d.receipts[m]
	if !ok {
		byUnit = map[string]summary.Receipt{}
		for _, r := range d.checked.Receipts(m) {
			byUnit[r.Unit.ID] = r
		}
		d.receipts[m] = byUnit
	}
	r, ok := byUnit[unit]
	return r, ok
}

// closed is the seal of a file that came after the report of its month was signed;
// nil for any other.
func (d *answerDesk) closed(f submission.File) *Seal {
	if s := d.sealOf(f.Period); s != nil && !s.seen[f.SHA256] && f.Disposition != submission.UnusableFile {
		return s
	}
	return nil
}

// about are the findings of a file, without those of another that lay, or lies,
// under the same path.
func (d *answerDesk) about(f submission.File) []report.Finding {
	return slices.DeleteFunc(slices.Clone(d.findings[f.Path]), func(one report.Finding) bool {
		return one.SHA256 != "" && one.SHA256 != f.SHA256
	})
}

// first is the file answered that another one repeats.
func (d *answerDesk) first(f submission.File) (first submission.File, again bool) {
	if f.Disposition != submission.Duplicate {
		return first, false
	}
	for _, one := range d.about(f) {
		if one.Code == finding.AlreadyReceived {
			first, again = d.files[one.Args["first_file"]]
		}
	}
	return first, again
}

// input is what a file is told. One that repeats another is told what that one is:
// there is as much to correct in it.
func (d *answerDesk) input(f submission.File) feedback.Input {
	first, again := d.first(f)
	if !again {
		return d.told(f)
	}
	in := d.told(first)
	in.File, in.SHA256, in.Used.Own = f.Path, f.SHA256, false
	in.Status = d.Phrases.Say("feedback.status_again", "status", in.Status)
	in.Findings = slices.Concat(d.about(f), in.Findings)
	return in
}

func (d *answerDesk) told(f submission.File) feedback.Input {
	in := feedback.Input{
		File: f.Path, SHA256: f.SHA256, Program: d.Program,
		UnitID: f.Unit, Unit: d.unitTitle(f.Unit), Period: f.Period,
		Status: d.Phrases.Disposition(f.Disposition), Contact: d.contact,
		Findings: d.about(f), Phrases: d.Phrases,
	}
	if f.Disposition == submission.UnusableFile || f.Disposition == submission.Held {
		in.Status = d.Phrases.Status(submission.Unusable)
	}
	if slices.ContainsFunc(in.Findings, func(one report.Finding) bool { return one.Code == finding.FileDiscarded }) {
		in.Status = d.Phrases.Say("feedback.status_discarded")
	}
	if !f.ReceivedAt.IsZero() {
		in.ReceivedAt, in.ReceivedFrom = f.ReceivedAt.In(d.Timetable.Zone), f.ReceivedFrom
	}
	if f.Period.IsZero() {
		return in
	}
	in.Window, in.Deadline = d.Timetable.Window(f.Period), d.Timetable.Due(f.Period)
	if r, ok := d.receipt(f.Unit, f.Period); ok {
		in.Deadline = r.Deadline
		if r.Used != nil && !r.Used.Imported() { // the unit knows nothing of an import
			in.Used = feedback.Used{File: r.Used.File, Version: r.Used.Version, Own: r.Used.SHA256 == f.SHA256}
		}
		switch {
		case in.Used.Own:
			in.Status, in.Standing = d.Phrases.Status(r.Status), feedback.Counts
			in.Findings = append(in.Findings, d.newer(f)...)
		case d.mended[f.Path]:
			in.Standing = feedback.Replaced
		default:
			in.Findings = append(in.Findings, d.doubt(f, in.Used.File)...)
		}
		if r.Status == submission.Unusable { // read, and nothing in it can be used
			in.Used, in.Standing = feedback.Used{}, feedback.Unused
		}
	}
	if f.Disposition == submission.Gone {
		in.Standing = feedback.Withdrawn
	}
	if s := d.closed(f); s != nil {
		in.Status = d.Phrases.Say("feedback.status_sealed", "status", in.Status, "month", s.CountsFrom)
	}
	in.Deadline = in.Deadline.In(d.Timetable.Zone)
	in.OnTime = !f.ReceivedAt.After(in.Deadline)
	for _, s := range d.checked.Versions(f.Unit, f.Period) {
		if s.SHA256 == f.SHA256 {
			in.Sample, in.ReceivedFrom, in.Values = s.Sample, s.ReceivedFrom, d.values(s)
		}
	}
	return in
}

// newer tells of the versions that came after the one that counts and could not
// take its place: whoever looks at the receipt of the older one must know.
func (d *answerDesk) newer(f submission.File) []report.Finding {
	var told []report.Finding
	for _, s := range d.checked.Versions(f.Unit, f.Period) {
		for _, one := range d.findings[s.File] {
			if one.Code == finding.ResubmissionNotUsed && one.SHA256 == s.SHA256 && s.SHA256 != f.SHA256 {
				told = append(told, one)
			}
		}
	}
	return told
}

// doubt tells of the version that counts that nobody knows whether this one is newer.
func (d *answerDesk) doubt(f submission.File, used string) []report.Finding {
	var told []finding.Finding
	for _, one := range d.findings[used] {
		if one.Code == finding.VersionOrderUnknown && one.Args["other_file"] == f.Path {
			told = append(told, one.With("other_file", used))
		}
	}
	return d.inWords(told)
}

// values are what a submission says, headed by programme.
func (d *answerDesk) values(s *submission.Submission) []feedback.Value {
	values := make([]feedback.Value, 0, s.Values.Len())
	for _, v := range s.Values.All() {
		own := feedback.Value{Value: v, Name: v.Indicator, Contested: s.Contested[v.Indicator]}
		if i, ok := d.Catalogue.Indicator(v.Indicator); ok {
			own.Name, own.Measure = d.Phrases.IndicatorName(i), i.Measure
			for _, programme := range d.Catalogue.Programmes {
				if programme.Code == i.Programme {
					own.Programme = programme.Code + ". " + d.Phrases.ProgrammeName(programme)
				}
			}
		}
		values = append(values, own)
	}
	return values
}
