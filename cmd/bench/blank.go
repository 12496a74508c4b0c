package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/form"
	"tonghop/pipeline/period"
)

// blank is the form of a month as a unit of a kind fills it in, with marks where
// the unit and its figures go. Filling in the marks gives what building the form
// anew would, in a twentieth of the time.
type blank struct {
	files []*zip.File
	texts map[string]string // of those with a mark, by name
}

// What stands for the unit and for the i-th figure.
const (
	markID   = "BN-00000"
	markName = "Tên Đơn Vị"
)

func markFigure(i int) int { return 900_000_000 - i } // a part less than its whole

// newBlanks makes the forms of a month, by kind of unit.
func newBlanks(cat *catalogue.Catalogue, month period.Month) (map[catalogue.UnitKind]blank, error) {
	all := make(map[catalogue.UnitKind]blank)
	for _, kind := range []catalogue.UnitKind{catalogue.Ward, catalogue.Commune} {
		filled := form.Filled{Answers: map[string]form.Answer{}, PreparedBy: "Nguyễn Thị Mẫu", ApprovedBy: "Trần Thị Hư Cấu", Phone: "0900 000 000"}
		for i := range indicatorCount {
			filled.Answers[code(i)] = form.Answer{Content: form.Number(figure.Int(int64(markFigure(i))))}
		}
		version, ok := cat.FormFor(month, period.Scheme15to14)
		if !ok {
			return nil, fmt.Errorf("no form for %s", month)
		}
		tt := timetable(cat)
		data, err := form.Build(form.Input{
			Catalogue: cat, Unit: &catalogue.Unit{ID: markID, Kind: kind, Name: markName}, Month: month, Scheme: tt.Scheme,
			Deadline: tt.Due(month), Form: version, Created: tt.Window(month).To.At(8, 0, zone), Sample: true, Filled: &filled,
		})
		if err != nil {
			return nil, err
		}
		if all[kind], err = newBlank(data); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func newBlank(data []byte) (blank, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return blank{}, err
	}
	b := blank{files: archive.File, texts: make(map[string]string)}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			return b, err
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return b, err
		}
		for _, mark := range []string{markID, markName, strconv.Itoa(markFigure(0))} {
			if strings.Contains(string(text), mark) {
				b.texts[f.Name] = string(text)
			}
		}
	}
	return b, nil
}

// fill gives the workbook of a unit.
func (b blank) fill(unit int, figures [indicatorCount]int) ([]byte, error) {
	marks := []string{markID, unitID(unit), markName, unitName(unit)}
	for i, n := range figures {
		marks = append(marks, "<v>"+strconv.Itoa(markFigure(i))+"</v>", "<v>"+strconv.Itoa(n)+"</v>")
	}
	replacer := strings.NewReplacer(marks...)
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, f := range b.files {
		text, marked := b.texts[f.Name]
		if !marked {
			if err := archive.Copy(f); err != nil {
				return nil, err
			}
			continue
		}
		w, err := archive.Create(f.Name)
		if err != nil {
			return nil, err
		}
		if _, err := replacer.WriteString(w, text); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
