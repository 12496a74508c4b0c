package submission

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"tonghop/pipeline/figure"
)

func someValues() []Value {
	return []Value{
		{Indicator: "A", Figure: figure.Of(figure.MustParse("-1.50")), Sheet: "Báo cáo", Cell: "E14", Row: 14, Col: 5, Raw: "-1,5", Note: "x"},
		{Indicator: "B", Figure: figure.Of(figure.MustParse("12345678901234567890123.25")), Raw: "12345678901234567890123.25"},
		{Indicator: "C", Figure: figure.Without(figure.None), NotDue: true},
		{Indicator: "D", Figure: figure.Without(figure.Refused), Text: "hoàn thành", Decision: "QD-1", Unconfirmed: true},
		{Indicator: "E", Import: &Import{File: "past.csv", SHA256: "1", Source: "BC"}},
		{},
	}
}

// What is kept is what was given, whatever field it stands in.
func TestValuesComeBack(t *testing.T) {
	want := someValues()
	kept := ValuesOf(want...)
	if got := kept.List(); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	for i, v := range kept.All() {
		if v != want[i] || kept.At(i) != want[i] || kept.Indicator(i) != want[i].Indicator || !kept.Figure(i).Equal(want[i].Figure) {
			t.Errorf("%d: %+v, want %+v", i, v, want[i])
		}
	}
	if kept.Len() != len(want) || (Values{}).Len() != 0 || !reflect.DeepEqual(ValuesOf(), Values{}) {
		t.Errorf("%d values of %d", kept.Len(), len(want))
	}
	// A field that is added must be kept, too.
	whole := reflect.ValueOf(Value{Indicator: "A", Figure: figure.Of(figure.Int(1)), Text: "t", Sheet: "s", Cell: "A1", Row: 1, Col: 1, Raw: "r", Note: "n",
		NotDue: true, Decision: "d", Unconfirmed: true, Import: &Import{}})
	for i := range whole.NumField() {
		if whole.Field(i).IsZero() {
			t.Errorf("%s is not tried", whole.Type().Field(i).Name)
		}
	}
	if v := whole.Interface().(Value); ValuesOf(v).At(0) != v {
		t.Errorf("%+v is kept as %+v", v, ValuesOf(v).At(0))
	}
}

// Copies of a submission share its values: none may change those of another.
func TestValuesDoNotChange(t *testing.T) {
	given := someValues()
	kept := ValuesOf(given...)
	given[0].Raw, given[3].Decision = "changed", "changed"
	list := kept.List()
	list[1].Figure = figure.Without(figure.Blank)
	changed := kept.Changed(3, func(v *Value) { v.Decision, v.Cell = "QD-2", "E99" })
	longer := kept.With(Value{Indicator: "F"})
	if !reflect.DeepEqual(kept.List(), someValues()) {
		t.Errorf("became %+v", kept.List())
	}
	if v := changed.At(3); v.Decision != "QD-2" || v.Cell != "E99" || v.Text != "hoàn thành" || changed.At(0) != kept.At(0) {
		t.Errorf("changed to %+v", changed.List())
	}
	if longer.Len() != kept.Len()+1 || longer.At(kept.Len()).Indicator != "F" || longer.At(3) != kept.At(3) {
		t.Errorf("with one more %+v", longer.List())
	}
	if !kept.Any(func(v Value) bool { return v.NotDue }) || kept.Any(func(v Value) bool { return v.Raw == "changed" }) {
		t.Error("Any finds what is not there, or not what is")
	}
}

// Ten thousand reports of sixty answers are held at a time: a value of a form takes
// little more than its figure and its text. Nor does it hold what its text was a piece of.
func TestValuesAreSmall(t *testing.T) {
	const reports, answers, most = 500, 60, 64 // bytes
	all := make([]Values, reports)
	held := func() uint64 {
		runtime.GC()
		runtime.GC() // what the first one found unused is swept
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	before := held()
	for n := range all {
		workbook := strings.Repeat(fmt.Sprintf("%06d", n), 1000)
		values := make([]Value, answers)
		for i := range values {
			values[i] = Value{
				Indicator: fmt.Sprintf("P%d", i), Figure: figure.Of(figure.Int(int64(n * i))), Sheet: "Báo cáo", Cell: fmt.Sprintf("E%d", i+12),
				Row: i + 12, Col: 5, Raw: workbook[i : i+4],
			}
		}
		all[n] = ValuesOf(values...)
	}
	if each := (held() - before) / (reports * answers); each > most {
		t.Errorf("a value takes %d bytes, at most %d were meant", each, most)
	}
	runtime.KeepAlive(all)
}
