package report

import (
	"tonghop/pipeline/narrative"
	"tonghop/pipeline/submission"
)

// body is the report proper, in the order in which offices report: direction,
// results, assessment, tasks ahead, proposals. A section without a word is left
// out, and the others are numbered through.
func (c *composer) body() []Block {
	sections := []struct {
		key    string
		blocks []Block
	}{
		{"report.section.direction", c.written(narrative.Direction)},
		{"report.section.programmes", c.programmes()},
		{"report.section.assessment", append(c.written(narrative.Assessment), c.remarks(submission.Difficulties)...)},
		{"report.section.outlook", c.written(narrative.Outlook)},
		{"report.section.proposals", append(c.written(narrative.Proposals), c.remarks(submission.Proposals)...)},
	}
	var all []Block
	number := 0
	for _, s := range sections {
		if len(s.blocks) == 0 {
			continue
		}
		number++
		title := c.say("report.section.numbered", "number", roman(number), "title", c.say(s.key))
		all = append(append(all, Heading{Level: 1, Text: title}), s.blocks...)
	}
	return all
}

// written are the paragraphs of a section as the office wrote them.
func (c *composer) written(part narrative.Part) []Block {
	var blocks []Block
	for _, w := range c.Text.Of(part) {
		blocks = append(blocks, paragraphs(w)...)
	}
	return blocks
}

func paragraphs(w narrative.Written) []Block {
	blocks := make([]Block, len(w.Paragraphs))
	for i, text := range w.Paragraphs {
		blocks[i] = Paragraph{Text: text}
	}
	return blocks
}
