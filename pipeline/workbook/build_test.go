package workbook

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"slices"
	"strings"
	"testing"
	"time"
)

// part is a member of a package under construction.
type part struct{ name, content string }

// parts is a package under construction; tests change a sound one.
type parts []part

const (
	mainSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relSpace  = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
)

// small is the least workbook with shared strings and styles: one sheet
// "Báo cáo" that holds the given rows.
func small(rows string) parts {
	return parts{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`},
		{"_rels/.rels", relations(
			`Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"`,
			`Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"`)},
		{"docProps/core.xml", xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
			`<dcterms:modified xsi:type="dcterms:W3CDTF">2025-06-16T09:12:00Z</dcterms:modified></cp:coreProperties>`},
		{"xl/workbook.xml", xmlHead + `<workbook ` + mainSpace + ` ` + relSpace + `><sheets><sheet name="Báo cáo" sheetId="1" r:id="rId1"/></sheets>` +
			`<definedNames><definedName name="don_vi">'Báo cáo'!$B$1</definedName></definedNames></workbook>`},
		{"xl/_rels/workbook.xml.rels", relations(
			`Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"`,
			`Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="/xl/sharedStrings.xml"`,
			`Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"`)},
		{"xl/sharedStrings.xml", xmlHead + `<sst ` + mainSpace + `><si><t>Đơn vị</t></si><si><r><t xml:space="preserve">Hội </t></r><r><rPr><b/></rPr><t>LHPN</t></r><rPh sb="0" eb="1"><t>hoi</t></rPh></si>` +
			`<si><t>một_x000D_` + "\n" + `hai &amp; ba &#x1EA5;</t></si><si><t/></si></sst>`},
		{"xl/styles.xml", xmlHead + `<styleSheet ` + mainSpace + `><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0&quot; đồng&quot;"/></numFmts>` +
			`<fonts count="2"><font><name val="Calibri"/></font><font><name val=".VnTime"/></font></fonts>` +
			`<cellXfs count="4"><xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="0"/><xf numFmtId="164" fontId="1"/><xf numFmtId="10" fontId="0"/></cellXfs></styleSheet>`},
		{"xl/worksheets/sheet1.xml", sheetXML(rows)},
	}
}

func sheetXML(rows string) string {
	return xmlHead + `<worksheet ` + mainSpace + ` ` + relSpace + `><sheetData>` + rows + `</sheetData></worksheet>`
}

func relations(each ...string) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, attributes := range each {
		b.WriteString(`<Relationship ` + attributes + `/>`)
	}
	return b.String() + `</Relationships>`
}

// with replaces the content of a part, or adds it.
func (p parts) with(name, content string) parts {
	p = slices.Clone(p)
	for i := range p {
		if p[i].name == name {
			p[i].content = content
			return p
		}
	}
	return append(p, part{name, content})
}

func (p parts) without(name string) parts {
	return slices.DeleteFunc(slices.Clone(p), func(part part) bool { return part.name == name })
}

// edit replaces one text in a part; the text must be there.
func (p parts) edit(t testing.TB, name, old, replacement string) parts {
	t.Helper()
	for _, part := range p {
		if part.name == name {
			if !strings.Contains(part.content, old) {
				t.Fatalf("%s does not hold %q", name, old)
			}
			return p.with(name, strings.ReplaceAll(part.content, old, replacement))
		}
	}
	t.Fatalf("no part %s", name)
	return nil
}

// zipped packs the parts as a streaming writer does, with data descriptors.
func (p parts) zipped(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range p {
		header := &zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: time.Date(2025, 6, 16, 0, 0, 0, 0, time.UTC)}
		w, err := z.CreateHeader(header)
		if err == nil {
			_, err = w.Write([]byte(part.content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// stored packs the parts uncompressed with all sizes in the local headers, so
// that a test can find and change any byte.
func (p parts) stored(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range p {
		size := uint64(len(part.content))
		w, err := z.CreateRaw(&zip.FileHeader{Name: part.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(part.content)), CompressedSize64: size, UncompressedSize64: size})
		if err == nil {
			_, err = w.Write([]byte(part.content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func mustOpen(t testing.TB, data []byte) *Book {
	t.Helper()
	book, err := Open(data, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return book
}
