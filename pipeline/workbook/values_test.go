package workbook

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// dump writes cells down one a line: place, kind, value, format, marks.
func dump(s *Sheet) string {
	var b strings.Builder
	for _, c := range s.Cells {
		fmt.Fprintf(&b, "%s %s %q", c.Ref, c.Kind, c.Raw)
		if c.Format != General {
			fmt.Fprintf(&b, " %q", c.Format)
		}
		for _, mark := range []struct {
			set  bool
			name string
		}{{c.Formula, "formula"}, {c.Hidden, "hidden"}, {c.IsDate(), "date"}, {c.Struck, "struck"}, {c.Unseen, "unseen"}, {c.FontName != "Calibri", c.FontName}} {
			if mark.set {
				b.WriteString(" " + mark.name)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestCellValues(t *testing.T) {
	for _, test := range []struct{ what, rows, want string }{
		{"numbers keep their digits",
			`<row r="1"><c r="A1"><v>1.234</v></c><c r="B1" t="n"><v>-5E-3</v></c><c r="C1"><v> 0.10 </v></c><c r="D1"><v>82.909999999999997</v></c></row>`,
			`A1 number "1.234"|B1 number "-5E-3"|C1 number "0.10"|D1 number "82.909999999999997"`},
		{"numbers without a value of a number", `<row><c><v>NaN</v></c><c><v>-INF</v></c></row>`, `A1 error "NaN"|B1 error "-INF"`},
		{"text that looks like a number stays text", `<row r="1"><c r="A1" t="inlineStr"><is><t>1.234</t></is></c></row>`, `A1 text "1.234"`},
		{"shared strings: plain, runs without phonetics, escapes and references, empty",
			`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>`,
			`A1 text "Đơn vị"|B1 text "Hội LHPN"|C1 text "một\r\nhai & ba ấ"`},
		{"inline text in runs, CDATA, escaped underscore, surrogates",
			`<row r="1"><c r="A1" t="inlineStr"><is><t>a</t><r><t><![CDATA[<b>]]></t></r></is></c><c r="B1" t="inlineStr"><is><t>_x005F_x0041_ _x0041_ _xD83D__xDE00_ _xD83D_ _x00</t></is></c></row>`,
			`A1 text "a<b>"|B1 text "_x0041_ A 😀 _xD83D_ _x00"`},
		{"an inline text with a leftover value", `<row r="1"><c r="A1" t="inlineStr"><v>1.0</v><is><t>1.</t></is></c></row>`, `A1 text "1."`},
		{"inline runs that are struck through, raised, lowered",
			`<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><strike/></rPr><t>12</t></r><r><t>15</t></r></is></c><c r="B1" t="inlineStr"><is><r><t>12</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></is></c>` +
				`<c r="C1" t="inlineStr"><is><r><t>H</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r></is></c><c r="D1" t="inlineStr"><is><r><rPr><strike val="0"/><vertAlign val="baseline"/></rPr><t>4</t></r></is></c><c r="E1" t="inlineStr"><is><t>5</t></is></c></row>`,
			`A1 text "1215" struck|B1 text "121" struck|C1 text "H2" struck|D1 text "4"|E1 text "5"`},
		{"spaces are kept", `<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> - </t></is></c></row>`, `A1 text " - "`},
		{"booleans, errors, stored dates", `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" t="d"><v>2025-06-14</v></c></row>`,
			`A1 bool "1"|B1 error "#REF!"|C1 date "2025-06-14" date`},
		{"formulas: with a number, a text, an empty text, an error, without a result, shared",
			`<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"x"</f><v>x</v></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1"><f>A1</f></c><c r="F1"><f>A1</f><v/></c><c r="G1"><f t="shared" si="0"/><v>3</v></c></row>`,
			`A1 number "2" formula|B1 text "x" formula|C1 text "" formula|D1 error "#DIV/0!" formula|E1 blank "" formula|F1 blank "" formula|G1 number "3" formula`},
		{"blank cells are not kept", `<row r="1"><c r="A1" s="1"/><c r="B1"><v/></c><c r="C1" t="s"/><c r="D1" t="str"><v></v></c><c r="E1"><v>1</v></c></row>`, `E1 number "1"`},
		{"formats", `<row r="1"><c r="A1" s="1"><v>45800</v></c><c r="B1" s="2"><v>1</v></c><c r="C1" s="3"><v>0.9</v></c><c r="D1" s=""><v>2</v></c></row>`,
			`A1 number "45800" "mm-dd-yy" date|B1 number "1" "#,##0\" đồng\"" .VnTime|C1 number "0.9" "0.00%"|D1 number "2"`},
		{"rows and cells without places", `<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c><v>3</v></c><c r="D4"><v>4</v></c><c><v>5</v></c></row><row><c><v>6</v></c></row>`,
			`A1 number "1"|B1 number "2"|A4 number "3"|D4 number "4"|E4 number "5"|A5 number "6"`},
		{"hidden and flat rows", `<row r="1" hidden="1"><c><v>1</v></c></row><row r="2" ht="0" customHeight="1"><c><v>2</v></c></row><row r="3" ht="0.5"><c><v>3</v></c></row>`,
			`A1 number "1" hidden|A2 number "2" hidden|A3 number "3"`},
		{"comments between cells", `<!-- a --><row r="1"><!-- b --><c r="A1"><!-- c --><v>1</v></c></row>`, `A1 number "1"`},
		{"an autoFilter among the rows", `<row r="1"><c r="A1"><v>1</v></c></row><autoFilter ref="A1:A1"/>`, `A1 number "1"`},
	} {
		book := mustOpen(t, small(test.rows).zipped(t))
		want := strings.ReplaceAll(test.want, "|", "\n") + "\n"
		if got := dump(book.Sheets[0]); got != want {
			t.Errorf("%s:\n%swant\n%s", test.what, got, want)
		}
	}
}

func TestHiddenRowsAndColumns(t *testing.T) {
	const sheet = "xl/worksheets/sheet1.xml"
	base := small(`<row r="1" hidden="true"><c r="A1"><v>1</v></c></row>`+
		`<row r="2" ht="0" customHeight="1"><c r="A2"><v>2</v></c></row><row r="3" ht="0.00"><c r="A3"><v>3</v></c></row>`+
		`<row r="4" hidden="1" outlineLevel="2"><c r="A4"><v>4</v></c></row><row r="5" hidden="1" outlineLevel="1"><c r="A5"><v>5</v></c></row>`+
		`<row r="6" collapsed="1"><c r="A6"><v>6</v></c><c r="B6"><v>7</v></c><c r="C6"><v>8</v></c><c r="D6"><v>9</v></c><c r="F6"><v>10</v></c></row>`+
		`<row r="7" outlineLevel="1" ht="0.75"><c r="A7"><v>11</v></c></row>`+`<row r="9" ht="15"><c r="A9"><v>12</v></c></row>`).
		edit(t, sheet, "<sheetData>", `<sheetFormatPr defaultRowHeight="15"/><cols><col min="2" max="2" width="0" customWidth="1"/><col min="3" max="3" width="9" hidden="1" outlineLevel="1"/><col min="4" max="4" width="9" collapsed="1"/></cols><sheetData>`)
	hidden := func(p parts) (cells string) {
		s := mustOpen(t, p.zipped(t)).Sheets[0]
		for _, c := range s.Cells {
			if c.Hidden != (s.HiddenRow(c.Ref.Row) || s.HiddenCol(c.Ref.Col)) {
				t.Errorf("%s: hidden %v, its row %v, its column %v", c.Ref, c.Hidden, s.HiddenRow(c.Ref.Row), s.HiddenCol(c.Ref.Col))
			}
			if c.Hidden {
				cells += c.Ref.String() + " "
			}
		}
		return cells
	}
	for what, test := range map[string]struct {
		parts parts
		want  string
	}{
		"rows and columns": {base, "A1 A2 A3 A4 A5 B6 C6 "},
		// Rows that are listed under zeroHeight are the ones that show.
		"other rows hidden":    {base.edit(t, sheet, `defaultRowHeight="15"`, `defaultRowHeight="15" zeroHeight="1"`), "A1 A2 A3 A4 A5 B6 C6 "},
		"no height of its own": {base.edit(t, sheet, `defaultRowHeight="15"`, `defaultRowHeight="0" customHeight="1"`), "A1 A2 A3 A4 A5 A6 B6 C6 D6 F6 "},
	} {
		if got := hidden(test.parts); got != test.want {
			t.Errorf("%s: %s, want %s", what, got, test.want)
		}
	}
}

// TestOtherWriters reads the same cell as other writers put it down.
func TestOtherWriters(t *testing.T) {
	const sheet, book = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
	base := small(`<row r="1"><c r="A1" s="2"><v>7</v></c></row>`)
	strict := base
	for _, name := range []string{sheet, book, "xl/sharedStrings.xml", "xl/styles.xml"} {
		strict = strict.edit(t, name, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
	}
	for _, name := range []string{"_rels/.rels", "xl/_rels/workbook.xml.rels", book} {
		strict = strict.edit(t, name, "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
	}
	var backslashes parts
	for _, p := range base {
		backslashes = append(backslashes, part{strings.ReplaceAll(p.name, "/", "\\"), p.content})
	}
	for what, p := range map[string]parts{
		"strict":             strict,
		"backslashes":        backslashes,
		"byte order mark":    base.edit(t, sheet, xmlHead, "\xef\xbb\xbf"+xmlHead),
		"other prefix":       base.with(sheet, `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1" s="2"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>`),
		"other case of name": base.edit(t, "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "Worksheets/Sheet1.xml"),
		"climbing target":    base.edit(t, "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "../../xl/./worksheets/sheet1.xml"),
		"percent in target":  base.edit(t, "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "worksheets/sheet%31.xml"),
		"a folder entry":     append(base[:len(base):len(base)], part{"xl/", ""}),
		"foreign extensions": base.edit(t, sheet, "</sheetData>", `</sheetData><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>`),
	} {
		for form, data := range map[string][]byte{"zipped": p.zipped(t), "stored": p.stored(t)} {
			b, err := Open(data, DefaultLimits())
			if err != nil {
				t.Errorf("%s, %s: %v", what, form, err)
				continue
			}
			if got := dump(b.Sheets[0]); got != "A1 number \"7\" \"#,##0\\\" đồng\\\"\" .VnTime\n" {
				t.Errorf("%s, %s: %s", what, form, got)
			}
		}
	}
}

func TestBookProperties(t *testing.T) {
	const book = "xl/workbook.xml"
	base := small(`<row r="1"><c r="A1"><v>7</v></c><c r="C1"><v>8</v></c></row><row r="9"><c r="B9"><v>9</v></c></row>`).
		edit(t, book, "<sheets>", `<workbookPr date1904="1"/><sheets>`).
		edit(t, book, "</sheets>", `<sheet name="Phụ" sheetId="2" state="veryHidden" r:id="rId8"/><sheet name="Đồ thị" sheetId="3" r:id="rId9"/></sheets>`).
		edit(t, book, "</workbook>", `<calcPr fullCalcOnLoad="1"/></workbook>`).
		edit(t, "xl/_rels/workbook.xml.rels", "</Relationships>",
			`<Relationship Id="rId8" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/>`+
				`<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet" Target="chartsheets/sheet1.xml"/>`+
				`<Relationship Id="rId10" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>`+
				`<Relationship Id="rId11" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>`).
		edit(t, "xl/worksheets/sheet1.xml", "<sheetData>", `<cols><col min="3" max="4" hidden="1"/></cols><sheetData>`).
		edit(t, "xl/worksheets/sheet1.xml", "</sheetData>", `</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`).
		with("xl/worksheets/sheet2.xml", sheetXML(``)).with("xl/vbaProject.bin", "macro")
	b := mustOpen(t, base.zipped(t))
	if !b.Date1904 || !b.FullCalcOnLoad || !b.Macros || !b.External || !b.Modified.Equal(time.Date(2025, 6, 16, 9, 12, 0, 0, time.UTC)) {
		t.Errorf("%+v", b)
	}
	if len(b.Sheets) != 2 || b.Sheets[0].Hidden || !b.Sheets[1].Hidden || b.Sheet("phụ") != b.Sheets[1] || b.Sheet("Đồ thị") != nil {
		t.Errorf("sheets %+v", b.Sheets)
	}
	s := b.Sheets[0]
	if cell, ok := s.Cell(Ref{1, 3}); !ok || cell.Raw != "8" || !cell.Hidden || !s.HiddenCol(4) || s.HiddenCol(2) || s.HiddenRow(1) {
		t.Errorf("C1 %+v", cell)
	}
	if _, ok := s.Cell(Ref{1, 2}); ok || s.DataRows != 2 {
		t.Errorf("B1 found, or %d data rows", s.DataRows)
	}
	if merged, ok := s.Merged(Ref{2, 2}); !ok || merged.String() != "A1:B2" {
		t.Errorf("merged %v", merged)
	}
}

// A calculation that was cut off leaves stale results as surely as one that is asked
// for.
func TestCalculationsThatWereCutOff(t *testing.T) {
	for properties, stale := range map[string]bool{``: false, `calcCompleted="1"`: false, `calcCompleted="0"`: true, `calcCompleted="false"`: true, `fullCalcOnLoad="true"`: true, `calcId="191029"`: false} {
		b := mustOpen(t, small(``).edit(t, "xl/workbook.xml", "</workbook>", `<calcPr `+properties+`/></workbook>`).zipped(t))
		if b.FullCalcOnLoad != stale {
			t.Errorf("%s: %v", properties, b.FullCalcOnLoad)
		}
	}
}

// Cells whose format strikes them through, and those whose letters have the colour
// of what is behind them.
func TestWhatFormatsHide(t *testing.T) {
	fonts := []string{`<color rgb="FFFFFFFF"/>`, `<color theme="0"/>`, `<color indexed="9"/>`, `<color rgb="FFFF0000"/>`, `<strike/>`, `<strike val="0"/>`, `<color theme="0" tint="-0.5"/>`, `<color auto="1"/>`, ``}
	fills := []string{`<patternFill patternType="none"/>`, `<patternFill patternType="gray125"/>`, `<patternFill patternType="solid"><fgColor rgb="FFFF0000"/><bgColor indexed="64"/></patternFill>`, `<gradientFill/>`, `<patternFill patternType="solid"><fgColor theme="1"/></patternFill>`}
	styles := xmlHead + `<styleSheet ` + mainSpace + `><fonts>`
	for _, font := range fonts {
		styles += `<font>` + font + `<name val="Calibri"/></font>`
	}
	styles += `</fonts><fills>`
	for _, fill := range fills {
		styles += `<fill>` + fill + `</fill>`
	}
	styles += `</fills><cellXfs>`
	row := `<row r="1">`
	for font := range fonts {
		for fill := range fills {
			row += fmt.Sprintf(`<c s="%d"><v>1</v></c>`, font*len(fills)+fill)
			styles += fmt.Sprintf(`<xf fontId="%d" fillId="%d"/>`, font, fill)
		}
	}
	cells := mustOpen(t, small(row+`</row>`).with("xl/styles.xml", styles+`</cellXfs></styleSheet>`).zipped(t)).Sheets[0].Cells
	// By font, one letter a fill: unseen, struck, or neither.
	want := "u....|u....|u....|..u..|ssssS|....u|.....|....u|....u"
	var got strings.Builder
	for i, c := range cells {
		if i > 0 && i%len(fills) == 0 {
			got.WriteByte('|')
		}
		switch {
		case c.Struck && c.Unseen:
			got.WriteByte('S')
		case c.Struck:
			got.WriteByte('s')
		case c.Unseen:
			got.WriteByte('u')
		default:
			got.WriteByte('.')
		}
	}
	if got.String() != want {
		t.Errorf("%s\nwant %s", got.String(), want)
	}
}

func TestNameTarget(t *testing.T) {
	base := small(`<row r="1"><c r="A1"><v>7</v></c></row>`).
		edit(t, "xl/worksheets/sheet1.xml", "</sheetData>", `</sheetData><mergeCells><mergeCell ref="C5:E5"/></mergeCells>`).
		edit(t, "xl/workbook.xml", "Báo cáo\"", "Báo cáo &apos;25\"").
		edit(t, "xl/workbook.xml", `<definedName name="don_vi">'Báo cáo'!$B$1</definedName>`,
			`<definedName name="don_vi">'Báo cáo ''25'!$B$1</definedName>`+
				`<definedName name="ky">'BÁO CÁO ''25'!$C$5:$E$5</definedName>`+
				`<definedName name="rieng" localSheetId="0">'Báo cáo ''25'!B2</definedName>`+
				`<definedName name="vung">'Báo cáo ''25'!$A$1:$B$2</definedName>`+
				`<definedName name="mat">#REF!</definedName><definedName name="ngoai">[1]Khác!$A$1</definedName><definedName name="so">12</definedName>`)
	b := mustOpen(t, base.zipped(t))
	for name, want := range map[string]string{"don_vi": "B1", "DON_VI": "B1", "ky": "C5", "rieng": "B2", "vung": "", "mat": "", "ngoai": "", "so": "", "khong_co": ""} {
		sheet, at, ok := b.NameTarget(name)
		if ok != (want != "") || ok && (sheet != "Báo cáo '25" || at.String() != want) {
			t.Errorf("%s: %q %v %v, want %q", name, sheet, at, ok, want)
		}
	}
}

func TestIsDateFormat(t *testing.T) {
	for code, want := range map[string]bool{
		"General": false, "0": false, "#,##0.00": false, "0.00%": false, "@": false, "# ?/?": false, "0.00E+00": false,
		`#,##0" đồng"`: false, `#,##0\d`: false, "[Red]-0": false, `0_d`: false, `[$-42A]0`: false, `"ngày" 0`: false, "[>=100]0;0": false, "general": false, "": false,
		"dd/mm/yyyy": true, "mm-dd-yy": true, "h:mm AM/PM": true, "[h]:mm:ss": true, "[mm]": true, `"ngày" d "tháng" m`: true, "[$-42A]dd mmmm yyyy;@": true, `yyyy\-mm`: true, "0;d": true,
	} {
		if got := isDateFormat(code); got != want {
			t.Errorf("%q: %v", code, got)
		}
	}
}

func TestRef(t *testing.T) {
	for _, text := range []string{"A1", "Z9", "AA10", "AZ52", "XFD1048576"} {
		if ref, err := ParseRef(text); err != nil || ref.String() != text {
			t.Errorf("%s: %v %v", text, ref, err)
		}
	}
	for _, text := range []string{"", "A", "1", "A0", "A01", "a1", "$A$1", "XFE1", "A1048577", "AAAA1", "A1 ", "A99999999", "A-1"} {
		if ref, err := ParseRef(text); err == nil {
			t.Errorf("%q is %v", text, ref)
		}
	}
}
