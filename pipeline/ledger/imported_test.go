package ledger

import (
	"errors"
	"reflect"
	"testing"
	"time"
)

var table = []byte("Kỳ,Đơn vị,Chỉ tiêu,Giá trị,Nguồn\n")

func pastTable() Imported {
	return Imported{SHA256: sum(table), Name: "năm-2024.csv", Size: int64(len(table)), At: at(18, 2), By: "Chị Lan"}
}

// imports imports a table, takes it back and imports it again.
func imports(t *testing.T, l *Ledger) {
	t.Helper()
	first, again := pastTable(), pastTable()
	again.At = at(18, 4)
	if err := l.Keep(first.SHA256, table); err != nil {
		t.Fatal(err)
	}
	if isNew, err := l.Import(ctx, first); err != nil || !isNew {
		t.Fatalf("%v, %v", isNew, err)
	}
	if err := l.TakeBack(ctx, first.SHA256, at(18, 3), "Chị Hoa"); err != nil {
		t.Fatal(err)
	}
	if isNew, err := l.Import(ctx, again); err != nil || !isNew {
		t.Fatalf("%v, %v", isNew, err)
	}
}

func TestImports(t *testing.T) {
	path := t.TempDir() + "/ledger.db"
	l := open(t, path)
	imports(t, l)
	later := pastTable()
	later.At, later.Name = at(19, 0), "other-name.csv"
	if isNew, err := l.Import(ctx, later); err != nil || isNew {
		t.Errorf("bytes that stand are imported again: %v, %v", isNew, err)
	}
	first, again := pastTable(), pastTable()
	first.Withdrawn, first.WithdrawnBy = at(18, 3), "Chị Hoa"
	again.At = at(18, 4)
	want := []Imported{first, again}
	for i := range 2 { // as recorded, then as rebuilt
		got, err := l.Imports(ctx)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%d: %+v, %v", i, got, err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if _, err := Rebuild(ctx, path); err != nil {
				t.Fatal(err)
			}
			l = open(t, path)
		}
	}
}

func TestTakeBackWhatDoesNotStand(t *testing.T) {
	l := open(t, t.TempDir()+"/ledger.db")
	if err := l.TakeBack(ctx, sum(table), at(18, 3), ""); !errors.Is(err, ErrNotStanding) {
		t.Errorf("got %v", err)
	}
	imports(t, l)
	if err := l.TakeBack(ctx, sum(table), at(18, 5), ""); err != nil {
		t.Error(err)
	}
	if err := l.TakeBack(ctx, sum(table), at(18, 6), ""); !errors.Is(err, ErrNotStanding) {
		t.Errorf("got %v", err)
	}
}

func TestImportStandsAt(t *testing.T) {
	i := Imported{At: at(18, 2), Withdrawn: at(18, 4)}
	for when, want := range map[time.Time]bool{
		at(18, 1): false, at(18, 2): true, at(18, 3): true, at(18, 4): false,
	} {
		if got := i.StandsAt(when); got != want {
			t.Errorf("at %v: %v", when, got)
		}
	}
	i.Withdrawn = time.Time{}
	if !i.StandsAt(at(30, 0)) {
		t.Error("an import that nobody took back is gone")
	}
}

func TestImportIsChecked(t *testing.T) {
	l := open(t, t.TempDir()+"/ledger.db")
	for name, spoil := range map[string]func(*Imported){
		"sha256": func(i *Imported) { i.SHA256 = "../x" },
		"name":   func(i *Imported) { i.Name = "" },
		"time":   func(i *Imported) { i.At = time.Time{} },
	} {
		i := pastTable()
		spoil(&i)
		if _, err := l.Import(ctx, i); err == nil {
			t.Errorf("recorded without %s", name)
		}
	}
}
