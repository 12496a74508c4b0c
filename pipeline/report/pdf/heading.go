package pdf

import (
	"strings"

	"tonghop/pipeline/report"
)

const titleSize = 14 // points, of parts and appendices

// title sets what kind of document it is and its subject over a short rule. Its
// lines are one bookmark.
func (c composer) title(t report.Title) []strip {
	var strips []strip
	whole := printable("")
	for i, s := range t.Lines {
		f := c.manner.subject
		if i == 0 {
			f = c.manner.kind
		}
		lines := c.ruler.wrap(s, f, c.width, 0)
		strips = append(strips, lineStrips(lines, f, func(m *marks, l line) {
			m.set([]line{l}, f, box{w: c.width}, report.Center)
			if whole != "" {
				whole += " "
			}
			whole += l.text
		})...)
	}
	if len(strips) == 0 {
		return nil
	}
	for i := range strips {
		strips[i].keep = true
	}
	strips[0].entry = &entry{text: whole}
	end := &strips[len(strips)-1]
	length := end.texts[0].w / 3
	end.across((c.width-length)/2, end.height+1.2, length, 0.25)
	end.height += 2
	return spaced(strips, 5, 4)
}

// addressee sets whom a letter is for.
func (c composer) addressee(a report.Addressee) []strip {
	f := font{regular, c.manner.body}
	strips := lineStrips(c.ruler.wrap(a.Text, f, c.width, 0), f, func(m *marks, l line) {
		m.set([]line{l}, f, box{w: c.width}, report.Center)
	})
	if len(strips) == 0 {
		return nil
	}
	for i := range strips {
		strips[i].keep = true
	}
	strips[0].entry = &entry{text: oneLine(a.Text)}
	return spaced(strips, 4, 4)
}

// annexTitle sets the name of an appendix over its title, and in italics what it
// is attached to.
func (c composer) annexTitle(a report.AnnexTitle) []strip {
	f, note := font{bold, titleSize}, font{italic, c.manner.body}
	var strips []strip
	for _, part := range []struct {
		text string
		font font
	}{{a.Label, f}, {a.Title, f}, {a.Note, note}} {
		lines := c.ruler.wrap(part.text, part.font, c.width, 0)
		strips = append(strips, lineStrips(lines, part.font, func(m *marks, l line) {
			m.set([]line{l}, part.font, box{w: c.width}, report.Center)
		})...)
	}
	if len(strips) == 0 {
		return nil
	}
	for i := range strips {
		strips[i].keep = true
	}
	name := oneLine(a.Label)
	if title := oneLine(a.Title); name != "" && title != "" {
		name += ". " + title
	} else {
		name += title
	}
	strips[0].entry = &entry{text: name, listed: true}
	return spaced(strips, 0, 4)
}

// heading opens a part and stays with what follows it.
func (c composer) heading(h report.Heading) []strip {
	f, before := font{bold, titleSize}, 5.0
	switch {
	case h.Level == 2:
		f, before = font{bold, c.manner.body}, 4
	case h.Level >= 3:
		f, before = font{boldItalic, c.manner.body}, 3
	}
	lines := c.ruler.wrap(h.Text, f, c.width, 0)
	strips := lineStrips(lines, f, func(m *marks, l line) {
		m.set([]line{l}, f, box{w: c.width}, report.Left)
	})
	if len(strips) == 0 {
		return nil
	}
	for i := range strips {
		strips[i].keep = true
	}
	level := max(h.Level, 1) - 1
	strips[0].entry = &entry{level: level, text: oneLine(h.Text), listed: level < contentsLevels}
	return spaced(strips, before, 1.5)
}

// oneLine is text for a place that cannot wrap.
func oneLine(s string) printable {
	return printable(strings.Join(strings.Fields(string(clean(s))), " "))
}
