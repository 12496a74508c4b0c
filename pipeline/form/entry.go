package form

import (
	"fmt"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook/write"
)

// entryOf is what an indicator's cell accepts without a warning, and what its
// reader is told.
func entryOf(r *row) write.Validation {
	v := write.Validation{Title: r.Code}
	switch {
	case r.Type == catalogue.YesNo:
		v.List = yesNoWords
		v.Message = "Chọn có hoặc không."
		return v
	case r.Type == catalogue.Choice && len(r.Choices) > 0:
		v.List = r.Choices
		v.Message = "Chọn một mục trong danh sách."
		return v
	case r.Type == catalogue.Prose || r.Kind == catalogue.Text:
		// Nothing written out is wrong; the prompt alone is worth having.
		v.Formula = "TRUE"
		v.Prompt = "Viết ngắn gọn; xuống dòng bằng Alt+Enter."
		return v
	}
	cell, tests, kind := r.value().String(), []string{}, "số"
	if r.Type == catalogue.Whole {
		tests, kind = append(tests, fmt.Sprintf("%[1]s=INT(%[1]s)", cell)), "số nguyên"
	}
	if r.Type == catalogue.Percent {
		kind = "số phần trăm (90 là 90%)"
	}
	if r.least != nil {
		tests, kind = append(tests, fmt.Sprintf("%s>=%s", cell, r.least)), kind+" từ "+vietnamese.ExactNumber(*r.least)
	}
	if r.most != nil {
		tests, kind = append(tests, fmt.Sprintf("%s<=%s", cell, r.most)), kind+" đến "+vietnamese.ExactNumber(*r.most)
	}
	v.Formula = fmt.Sprintf("IF(ISNUMBER(%s),AND(TRUE%s),%s)", cell, prefixed(tests), amongst(r.value(), accepted(r.Indicator)))
	words := "không phát sinh, chưa có số liệu"
	if r.Nature == catalogue.Stock {
		words = "chưa có số liệu"
	}
	if r.AllowNA {
		words += ", không áp dụng"
	}
	v.Message = fmt.Sprintf("Ô này nhận %s; nếu không có số thì ghi một trong các từ: %s. Bấm No để sửa lại.", kind, words)
	v.Prompt = fmt.Sprintf("Ghi %s, hoặc: %s.", kind, words)
	return v
}

func prefixed(tests []string) string {
	out := ""
	for _, t := range tests {
		out += "," + t
	}
	return out
}
