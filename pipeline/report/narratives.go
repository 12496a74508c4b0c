package report

import (
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/narrative"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/vietnamese"
)

// lagging says, for each of a programme's indicators that is behind, why and
// what is done about it, as the office wrote it.
func (c *composer) lagging(p *catalogue.Programme) []Block {
	var blocks []Block
	for _, f := range c.judged(false) {
		if f.Indicator.Programme != p.Code || !narrative.Lags(f) {
			continue
		}
		causes, remedies := c.Text.About(narrative.Cause, f.Indicator.Code), c.Text.About(narrative.Remedy, f.Indicator.Code)
		if len(causes)+len(remedies) == 0 {
			continue
		}
		name := c.Phrases.IndicatorName(f.Indicator) + c.horizonSuffix(f)
		blocks = append(blocks, Heading{Level: 3, Text: c.say("report.lagging", "indicator", name, "verdict", c.Phrases.Judgment(f.Judgment))})
		blocks = append(blocks, c.opened("report.cause", causes)...)
		blocks = append(blocks, c.opened("report.remedy", remedies)...)
	}
	return blocks
}

// opened are paragraphs of which the first says what they are.
func (c *composer) opened(key string, rows []narrative.Written) []Block {
	var blocks []Block
	for _, w := range rows {
		blocks = append(blocks, paragraphs(w)...)
	}
	if len(blocks) > 0 {
		first := blocks[0].(Paragraph)
		first.Text = c.say(key, "text", first.Text)
		blocks[0] = first
	}
	return blocks
}

// narratives are the results in words that the office has chosen to print of a
// programme's units.
func (c *composer) narratives(p *catalogue.Programme) []Block {
	var blocks []Block
	for _, ind := range c.Summary.Catalogue.Indicators {
		if ind.Programme != p.Code || ind.Type != catalogue.Prose {
			continue
		}
		said := c.collect(func(s *submission.Submission) string {
			v, _ := s.Value(ind.Code)
			if !c.Text.Prints(ind.Code, s.Unit) || void(v.Text) {
				return ""
			}
			return v.Text
		})
		if len(said) == 0 {
			continue
		}
		blocks = append(blocks, Paragraph{Style: Emphasis, Text: c.answered(ind)}, Bullets{Items: said})
	}
	if len(blocks) == 0 {
		return nil
	}
	return append([]Block{Heading{Level: 3, Text: c.say("report.narratives")}}, blocks...)
}

// answered names what a narrative is about. Where several are called alike
// (“Kết quả nổi bật”) it is the commitment whose status stands before it.
func (c *composer) answered(ind *catalogue.Indicator) string {
	all := c.Summary.Catalogue.Indicators
	name := c.Phrases.IndicatorName(ind)
	alike := func(o *catalogue.Indicator) bool { return o != ind && c.Phrases.IndicatorName(o) == name }
	if !slices.ContainsFunc(all, alike) {
		return name
	}
	for _, o := range slices.Backward(all[:slices.Index(all, ind)]) {
		if o.Programme != ind.Programme {
			break
		}
		if o.Type == catalogue.Choice {
			title := c.Phrases.IndicatorName(o)
			if at := strings.LastIndex(title, ": "); at > 0 {
				title = title[:at]
			}
			return title
		}
	}
	return name
}

// remarks lists what units wrote of one kind, by programme, each with who wrote
// it. Units that only wrote that there is nothing are counted.
func (c *composer) remarks(kind submission.RemarkKind) []Block {
	var blocks []Block
	empty, spoken := map[string]bool{}, map[string]bool{}
	for _, p := range c.Summary.Catalogue.Programmes {
		said := c.collect(func(s *submission.Submission) string {
			var texts []string
			for _, r := range s.Remarks {
				switch {
				case r.Kind != kind || r.Programme != p.Code:
				case void(r.Text):
					empty[s.Unit] = true
				default:
					spoken[s.Unit] = true
					texts = append(texts, r.Text)
				}
			}
			return strings.Join(texts, "\n")
		})
		if len(said) > 0 {
			blocks = append(blocks, Heading{Level: 3, Text: c.programmeShort(p)}, Bullets{Items: said})
		}
	}
	if len(blocks) == 0 {
		return nil
	}
	for unit := range spoken {
		delete(empty, unit)
	}
	if len(empty) > 0 {
		blocks = append(blocks, Paragraph{Style: Small, Text: c.say("report.nothing_said."+string(kind), "n", len(empty))})
	}
	return append([]Block{Heading{Level: 2, Text: c.say("report.remarks." + string(kind))}}, blocks...)
}

// collect asks each submission of the period for a text, and lists those that
// say something; units that say the same stand together.
func (c *composer) collect(ask func(*submission.Submission) string) []string {
	type group struct {
		units []string
		text  string
	}
	var groups []group
	at := map[string]int{}
	for _, s := range c.ofPeriod() {
		text := strings.TrimSpace(ask(s))
		if text == "" {
			continue
		}
		key := vietnamese.Fold(text)
		if _, known := at[key]; !known {
			at[key] = len(groups)
			groups = append(groups, group{text: text})
		}
		g := &groups[at[key]]
		g.units = append(g.units, c.unitAndMonth(s))
	}
	items := make([]string, len(groups))
	for i, g := range groups {
		items[i] = c.say("report.said", "units", strings.Join(g.units, ", "), "text", g.text)
	}
	return items
}

// ofPeriod are the submissions of the period's own months, in their order.
func (c *composer) ofPeriod() []*submission.Submission {
	return slices.DeleteFunc(slices.Clone(c.Summary.Basis), func(s *submission.Submission) bool { return !c.Summary.Period.Contains(s.Period) })
}

// unitAndMonth names who wrote something and, in a longer period, when.
func (c *composer) unitAndMonth(s *submission.Submission) string {
	if c.own() == period.Monthly {
		return c.unitTitle(s.Unit)
	}
	return c.say("report.unit_month", "unit", c.unitTitle(s.Unit), "month", s.Period)
}

// voidWords are those of which “không có khó khăn, vướng mắc gì” is made.
var voidWords = strings.Fields("khong co ko k kps chua phat sinh kho khan vuong mac de xuat kien nghi noi dung van gi nao them khac trong thang ky nay don vi")

// void reports whether a text only says that there is nothing to say.
func void(text string) bool {
	words := strings.Fields(vietnamese.Fold(text))
	if len(words) == 0 {
		return true
	}
	if !slices.Contains([]string{"khong", "ko", "k", "kps", "chua"}, words[0]) && !slices.Contains(words, "khong") {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(voidWords, w) })
}
