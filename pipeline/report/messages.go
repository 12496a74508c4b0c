package report

import (
	"strings"

	"tonghop/pipeline/vietnamese"
)

// Messages are the letters as texts to paste into a chat, in the same order: a few
// lines without markup.
func Messages(in Letters) []string {
	c := newLetterComposer(in)
	texts := make([]string, len(in.Letters))
	for i, l := range in.Letters {
		texts[i] = c.message(l)
	}
	return texts
}

// mostTold is how many points a message names: it is read on a telephone, and the
// reply to the file has all.
const mostTold = 5

var brief = tone{"message.unusable", "message.incomplete", "message.errors"}

func (c *letterComposer) message(l Letter) string {
	lines := []string{c.say("letter.to", "unit", c.in.To(l.Unit))}
	figures := false
	for _, o := range l.Owed {
		points := c.points(o)
		figures = figures || !o.Report
		lines = append(lines, c.due(o)+" "+c.stands(o, len(points), brief))
		for i, p := range points {
			if i == mostTold {
				lines = append(lines, c.say("message.more", "n", len(points)-mostTold))
				break
			}
			lines = append(lines, c.say("message.point", "place", p.place, "indicator", p.indicator, "title", p.title))
		}
	}
	lines = append(lines, c.asks(l.ReportOwed(), figures), c.say("message.closing", "contact", c.in.Contact))
	return vietnamese.CleanForPrint(strings.Join(lines, "\n"))
}
