package report_test

import (
	"fmt"
	"strings"

	"tonghop/pipeline/report"
)

// dump writes a document as text one can review: a line a row, cells parted by
// bars, *strong* and _italic_.
func dump(d report.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title %s\nsubject %s\nauthor %s\nkeywords %s\ndraft %s\nprovenance %s\n", d.Title, d.Subject, d.Author, strings.Join(d.Keywords, ", "), d.Draft, d.Provenance)
	for _, s := range d.Sections {
		b.WriteString("\n=== section")
		if s.Landscape {
			b.WriteString(" landscape")
		}
		if s.Annex != "" {
			b.WriteString(" of " + s.Annex)
		}
		if s.Apart {
			b.WriteString(" apart")
		}
		b.WriteString("\n")
		for _, block := range s.Blocks {
			dumpBlock(&b, block)
		}
	}
	return b.String()
}

var styles = map[report.Style]string{
	report.Body: "body", report.Strong: "strong", report.Emphasis: "emphasis", report.Small: "small", report.Centered: "centered", report.Warn: "warn",
}

func dumpBlock(b *strings.Builder, block report.Block) {
	switch x := block.(type) {
	case report.Letterhead:
		fmt.Fprintf(b, "letterhead %q %q %q %q\n", x.Left, x.Right, x.Number, x.PlaceDate)
		if x.About != "" {
			fmt.Fprintf(b, "about %q\n", x.About)
		}
	case report.Addressee:
		fmt.Fprintf(b, "addressee %s\n", x.Text)
	case report.Title:
		fmt.Fprintf(b, "title %q\n", x.Lines)
	case report.Heading:
		fmt.Fprintf(b, "%s %s\n", strings.Repeat("#", x.Level), x.Text)
	case report.Paragraph:
		fmt.Fprintf(b, "%s: %s\n", styles[x.Style], x.Text)
	case report.Bullets:
		for _, item := range x.Items {
			fmt.Fprintf(b, "• %s\n", item)
		}
	case report.Facts:
		for _, f := range x.Items {
			fmt.Fprintf(b, "[%s %s] ", f.Label, f.Value)
		}
		b.WriteString("\n")
	case report.Strip:
		for _, cell := range x.Cells {
			fmt.Fprintf(b, "[%s: %s; %s; mark %d %s]\n", cell.Label, cell.Value, cell.Note, cell.Mark, cell.Verdict)
		}
	case report.Bars:
		fmt.Fprintf(b, "bars %+v\n", x.Legend)
		for _, bar := range x.Items {
			fmt.Fprintf(b, "%s: %s %s attained %s pace %s provisional %v %s\n", bar.Label, bar.Value, bar.Percent, bar.Attained, bar.Pace, bar.Provisional, bar.Word)
		}
	case report.Trend:
		fmt.Fprintf(b, "trend %+v\n", x.Legend)
		for _, chart := range x.Charts {
			fmt.Fprintf(b, "chart %s (%s) line %v target %s %s:", chart.Title, chart.Note, chart.Line, chart.Target, chart.TargetText)
			for _, p := range chart.Points {
				fmt.Fprintf(b, " %s=%s", p.Label, p.Text)
			}
			b.WriteString("\n")
		}
	case report.Table:
		for _, row := range x.Head {
			b.WriteString("| " + cells(row) + "\n|---\n")
		}
		for _, row := range x.Rows {
			b.WriteString(map[report.RowKind]string{report.Data: "| ", report.Group: "|# ", report.Total: "|= "}[row.Kind] + cells(row.Cells) + "\n")
		}
	default:
		fmt.Fprintf(b, "%T %+v\n", x, x)
	}
}

func cells(row []report.Cell) string {
	texts := make([]string, len(row))
	for i, c := range row {
		text := c.Text
		if c.Italic && text != "" {
			text = "_" + text + "_"
		}
		if c.Strong && text != "" {
			text = "*" + text + "*"
		}
		texts[i] = strings.Repeat("> ", c.Indent) + text
	}
	return strings.Join(texts, " | ")
}
