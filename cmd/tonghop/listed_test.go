package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"tonghop/pipeline"
	"tonghop/pipeline/wording"
	"tonghop/templates"
)

// However many files fail alike, a clerk reads one line, in words; what the
// program itself says stands behind them.
func TestFilesThatCouldNotBeAnnotated(t *testing.T) {
	sentences, err := wording.Load(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	var all []pipeline.Listed
	for i := range 160 {
		all = append(all, pipeline.Listed{File: fmt.Sprintf("2025-06/%d.xlsx", i), Reason: errors.New("styles: unexpected markup")})
	}
	all = append(all, pipeline.Listed{File: "2025-06/khac.xlsx", Reason: errors.New("the copy differs at A!B2")})
	var out bytes.Buffer
	a := &app{out: &out, say: sentences.In(wording.Vietnamese)}
	a.listed(all)
	want := "Có 160 tệp có cấu trúc lạ, không đánh dấu được trên bản gốc; đơn vị nhận danh sách thay cho bản đánh dấu: " +
		"2025-06/0.xlsx, 2025-06/1.xlsx, 2025-06/2.xlsx, 2025-06/3.xlsx, 2025-06/4.xlsx và 155 tệp khác (chi tiết kỹ thuật: styles: unexpected markup)\n" +
		"Có 1 tệp có cấu trúc lạ, không đánh dấu được trên bản gốc; đơn vị nhận danh sách thay cho bản đánh dấu: " +
		"2025-06/khac.xlsx (chi tiết kỹ thuật: the copy differs at A!B2)\n"
	if got := out.String(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	out.Reset()
	a.say = sentences.In(wording.English)
	a.listed(all[:1])
	if !strings.HasPrefix(out.String(), "1 file has an unusual structure") {
		t.Errorf("got %s", out.String())
	}
}
