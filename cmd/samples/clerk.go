package main

import (
	"fmt"
	"math/rand/v2"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/form"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/vietnamese"
)

// phone is the one telephone number in the samples; nobody has it.
const phone = "0900 000 000"

// clerk is whoever fills in a unit's reports, with habits.
type clerk struct {
	rng              *rand.Rand
	prepared, signed string
	channel          string
	none             form.Content // for "nothing happened"
	grouped          bool         // types "1.234", which a spreadsheet keeps as text
	textual          bool         // types into cells that were formatted as text
	kinds            bool         // gives the kinds of help
	counts           bool         // gives the optional counts of programme 07 and the solutions
	wordy            int          // percent of the narratives written
	remarks          bool
}

var (
	surnames = []string{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô"}
	channels = []string{"thư mục", "thư mục", "email", "thư mục", "email", "Zalo", "thư mục", "email", "giấy", "thư mục"}
	noneSaid = []form.Content{
		form.Number(figure.Int(0)), form.Text("-"), form.Text("KPS"), form.Number(figure.Int(0)),
		form.Text("không phát sinh"), form.Number(figure.Int(0)), form.Text("Không phát sinh"), form.Text("0"),
	}
)

// newClerk is the clerk of the n-th unit.
func newClerk(u *catalogue.Unit, n int) *clerk {
	return &clerk{
		rng:      source("clerk", u),
		prepared: surnames[n%len(surnames)] + " Thị Mẫu", signed: surnames[(n+3)%len(surnames)] + " Thị Hư Cấu",
		channel: channels[n%len(channels)], none: noneSaid[n%len(noneSaid)],
		grouped: n%6 == 2, textual: n == 12, kinds: n%5 != 3, counts: n%2 == 0,
		wordy: 40 + n%4*15, remarks: n%3 == 1,
	}
}

// received is a time in office hours between the end of the window and the
// deadline.
func (c *clerk) received(tt period.Timetable, m period.Month) time.Time {
	var days []period.Date
	due := tt.Deadline.Date(m, tt.Scheme, tt.Calendar)
	for d := tt.Calendar.NextWorking(tt.Window(m).To.AddDays(1)); !d.After(due); d = tt.Calendar.NextWorking(d.AddDays(1)) {
		days = append(days, d)
	}
	return days[c.rng.IntN(len(days))].At(8+c.rng.IntN(8), c.rng.IntN(60), zone)
}

// fill answers a month's form. A required count of which the life says nothing
// is an error: definitions have grown past the samples.
func (c *clerk) fill(asked []*catalogue.Indicator, l *life, m int) (form.Filled, error) {
	filled := form.Filled{Answers: map[string]form.Answer{}, PreparedBy: c.prepared, ApprovedBy: c.signed, Phone: phone}
	for _, ind := range asked {
		if !ind.DueIn(firstMonth.Add(m)) {
			continue
		}
		if ind.Kind == catalogue.Text {
			if said := c.words(ind, m); said != "" {
				filled.Answers[ind.Code] = form.Answer{Content: form.Text(said)}
			}
			continue
		}
		n, ok := l.months[m][ind.Code]
		switch {
		case !ok && ind.Required:
			return filled, fmt.Errorf("no figure for %s", ind.Code)
		case !ok || !ind.Required && !c.gives(ind):
			continue
		}
		filled.Answers[ind.Code] = form.Answer{Content: c.typed(n, ind), Note: c.note(ind, n)}
	}
	if c.remarks && l.unit.Kind != catalogue.CityOffice {
		filled.Remarks = c.remarked(m)
	}
	return filled, nil
}

// gives reports whether this clerk fills in an optional count.
func (c *clerk) gives(ind *catalogue.Indicator) bool {
	if ind.Programme == "CT02" {
		return c.kinds
	}
	return c.counts
}

// typed is how this clerk types a count.
func (c *clerk) typed(n int, ind *catalogue.Indicator) form.Content {
	number := figure.Int(int64(n))
	switch {
	case n == 0 && ind.Nature != catalogue.Stock:
		return c.none
	case c.textual, c.grouped && n >= 1000:
		return form.Text(vietnamese.Number(number, 0))
	}
	return form.Number(number)
}

// note is the rare word beside a figure.
func (c *clerk) note(ind *catalogue.Indicator, n int) string {
	switch {
	case ind.Code == "CT01_HV" && c.rng.IntN(6) == 0:
		return "Theo sổ quản lý hội viên."
	case ind.Code == "CT02_LD" && c.rng.IntN(6) == 0:
		return "Phối hợp trung tâm dịch vụ việc làm."
	case ind.Code == "CT03_HO" && n > 0 && c.rng.IntN(8) == 0:
		return "Đã thẩm định tại hộ."
	}
	return ""
}

// words answers a status or a narrative.
func (c *clerk) words(ind *catalogue.Indicator, m int) string {
	if ind.Type == catalogue.Choice {
		return ind.Choices[c.progress(ind, m)]
	}
	pool := narratives[ind.Code]
	pick := c.rng.IntN(100)
	if len(pool) == 0 || pick >= c.wordy {
		return ""
	}
	return pool[(pick+m)%len(pool)]
}

// progress is a status that never falls back: some are begun late, some done
// by the last month.
func (c *clerk) progress(ind *catalogue.Indicator, m int) int {
	last := len(ind.Choices) - 1
	character := (len(ind.NameVI)*7 + len(c.prepared)*5 + c.wordy) % 10
	switch {
	case character == 0 && m == 0:
		return 0
	case character >= 8 && m == months-1, character == 9:
		return last
	}
	return min(1, last)
}

// remarked is what a clerk who writes remarks says in a month.
func (c *clerk) remarked(m int) []submission.Remark {
	var said []submission.Remark
	for i, r := range remarks {
		if (i+m+c.wordy)%3 == 0 {
			said = append(said, r)
		}
	}
	return said
}
