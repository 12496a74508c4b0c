package write

import (
	"fmt"
	"strconv"
	"strings"
)

// look gives the number of the format that a style is, which is added where the
// part has none.
func (s *styleSheet) look(st Style, space string) int {
	if n, ok := s.looks[st]; ok {
		return n
	}
	filling := `<fill><patternFill patternType="none"/></fill>`
	if st.Fill != "" {
		filling = solid(st.Fill)
	}
	add := func(list, item string) int { return s.add(list, s.foreign(item, space)) }
	n := add("cellXfs", fmt.Sprintf(`<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="%d" xfId="0"`+
		` applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">%s</xf>`,
		s.numberFormat(st.Format, space), add("fonts", st.font()), add("fills", filling), add("borders", st.Border.markup()), st.alignment()))
	s.looks[st] = n
	return n
}

func (s Style) font() string {
	set := s.excelize().Font
	var b strings.Builder
	b.WriteString("<font>")
	for _, flag := range [...]struct {
		name string
		on   bool
	}{{"b", s.Bold}, {"i", s.Italic}, {"u", s.Underline}} {
		if flag.on {
			b.WriteString("<" + flag.name + "/>")
		}
	}
	fmt.Fprintf(&b, `<sz val="%g"/><color rgb="FF%s"/><name val="%s"/><family val="1"/></font>`, set.Size, set.Color, set.Family)
	return b.String()
}

func (s Style) alignment() string {
	set := s.excelize().Alignment
	out := `<alignment vertical="` + set.Vertical + `"`
	if set.Horizontal != "" {
		out += ` horizontal="` + set.Horizontal + `"`
	}
	if s.Wrap {
		out += ` wrapText="1"`
	}
	if s.Indent > 0 {
		out += ` indent="` + strconv.Itoa(s.Indent) + `"`
	}
	return out + "/>"
}

func (b Border) markup() string {
	line := "thin"
	if b == Hair {
		line = "hair"
	}
	out := "<border>"
	for _, side := range borderSides {
		if b.on(side) {
			out += "<" + side + ` style="` + line + `"><color rgb="FF` + Ink + `"/></` + side + ">"
		} else {
			out += "<" + side + "/>"
		}
	}
	return out + "<diagonal/></border>"
}

// numberFormat gives the number of a number format; empty is General.
func (s *styleSheet) numberFormat(code, space string) int {
	const general, firstOwn = 0, 164 // lower ones are built in
	if code == "" {
		return general
	}
	next := firstOwn
	for _, item := range s.lists["numFmts"].items {
		n, err := strconv.Atoi(attr([]byte(item), "numFmtId"))
		if err != nil {
			continue
		}
		if attr([]byte(item), "formatCode") == code {
			return n
		}
		next = max(next, n+1)
	}
	s.add("numFmts", s.foreign(fmt.Sprintf(`<numFmt numFmtId="%d" formatCode="%s"/>`, next, escaped(code)), space))
	return next
}
