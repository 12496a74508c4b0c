package intake

import (
	"regexp"
	"strings"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook"
)

// feedbackName is the defined name of a workbook that was handed back to a unit
// with its points marked. What this program put in front is not read again; the
// unit's own sheets are, with what it corrected there.
const feedbackName = "TH_PHAN_HOI"

// originalName is the defined name of the cell that holds the sha256 of the
// file which an annotated copy was made from.
const originalName = "TH_BAN_GOC"

var hexHash = regexp.MustCompile(`^[0-9a-f]{64}$`)

// original is the sha256 of the file that this one is an annotated copy of;
// empty for any other file.
func (r *reader) original() string {
	name, at, ok := r.book.NameTarget(originalName)
	if !ok {
		return ""
	}
	sheet := r.book.Sheet(name)
	if sheet == nil {
		return ""
	}
	if cell, ok := sheet.Cell(at); ok && hexHash.MatchString(cell.Raw) {
		return cell.Raw
	}
	return ""
}

// feedbackSheets are the sheets put in front, folded; so is the one to which
// the name leads.
var feedbackSheets = []string{"phan hoi", "so lieu da ghi nhan", "so lieu thanh hoi da ghi nhan"}

// guideSheet is the form's own explanation of how to fill it.
const guideSheet = "huong dan"

// prepare settles which sheets are read, and makes their texts Unicode.
func (r *reader) prepare() {
	marked, target := false, ""
	for _, name := range r.book.Names {
		if strings.EqualFold(name.Name, feedbackName) {
			marked = true
			if sheet, _, ok := r.book.NameTarget(feedbackName); ok {
				target = sheet
			}
		}
	}
	for _, sheet := range r.book.Sheets {
		if marked && (sheet.Name == target || isOneOf(vietnamese.Fold(sheet.Name), feedbackSheets)) {
			continue
		}
		r.sheets = append(r.sheets, r.decoded(sheet))
	}
}

func isOneOf(text string, all []string) bool {
	for _, one := range all {
		if text == one {
			return true
		}
	}
	return false
}

// sheet gives a sheet that is read by its name, nil where it is none.
func (r *reader) sheet(name string) *workbook.Sheet {
	for _, s := range r.sheets {
		if strings.EqualFold(s.Name, name) {
			return s
		}
	}
	return nil
}

// decoded gives the sheet with its texts in Unicode, and tells once where they
// were not. Legacy text is decoded only where the whole sheet proves it; UTF-8
// read as another set is proved by each text itself.
func (r *reader) decoded(sheet *workbook.Sheet) *workbook.Sheet {
	var words vietnamese.Words
	broken := false // a text, by itself
	for i := range sheet.Cells {
		if c := &sheet.Cells[i]; c.Kind == workbook.Text {
			f := r.texts.Of(c.Raw)
			words, broken = words.With(f.words), broken || f.broken
		}
	}
	encoding, name := vietnamese.NotLegacy, ""
	if !words.ProveUnicode() {
		encoding = vietnamese.DetectLegacy(textsAndFonts(sheet))
	}
	if encoding == vietnamese.NotLegacy && !broken {
		return sheet
	}
	own := sheet
	var first workbook.Cell
	for i, c := range sheet.Cells {
		if c.Kind != workbook.Text {
			continue
		}
		fact := r.texts.Of(c.Raw)
		text, how := c.Raw, encoding.String()
		if encoding != vietnamese.NotLegacy {
			text = encoding.Decode(c.Raw, vietnamese.CapitalsFont(c.FontName))
		} else if fact.broken {
			text, how = fact.repaired, "UTF-8 → Windows-1252"
		}
		if text == c.Raw {
			continue
		}
		if own == sheet {
			changed := *sheet
			changed.Cells = append([]workbook.Cell(nil), sheet.Cells...)
			own, first, name = &changed, c, how
		}
		own.Cells[i].Raw = text
	}
	if own != sheet {
		f := finding.New(finding.LegacyEncoding).With("encoding", name)
		f.Sheet, f.Cell, f.Row, f.Col = sheet.Name, first.Ref.String(), first.Ref.Row, first.Ref.Col
		r.add(f)
	}
	return own
}

// textsAndFonts are the texts of a sheet and the fonts they are set in.
func textsAndFonts(sheet *workbook.Sheet) (texts, fonts []string) {
	seen := make(map[string]bool)
	for _, c := range sheet.Cells {
		if c.Kind != workbook.Text {
			continue
		}
		texts = append(texts, c.Raw)
		if !seen[c.FontName] {
			seen[c.FontName] = true
			fonts = append(fonts, c.FontName)
		}
	}
	return texts, fonts
}
