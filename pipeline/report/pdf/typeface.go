package pdf

import (
	"bytes"
	"compress/zlib"
	"slices"
	"strings"
	"sync"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	gofpdf "github.com/jung-kurt/gofpdf"
)

const family = "serif"

// faces are the cuts of the typeface, Liberation Serif, which has the metrics of
// Times New Roman and every Vietnamese letter.
var faces = [...]cut{
	regular:    newCut("", "LiberationSerif", liberationserifregular.TTF),
	bold:       newCut("B", "LiberationSerif-Bold", liberationserifbold.TTF),
	italic:     newCut("I", "LiberationSerif-Italic", liberationserifitalic.TTF),
	boldItalic: newCut("BI", "LiberationSerif-BoldItalic", liberationserifbolditalic.TTF),
}

// cut is a face as the PDF engine takes it.
type cut struct {
	style string
	ttf   []byte
	// common is the same with the common runes alone. It is made once: of a whole
	// face the engine goes through all its runes for every document.
	common func() commonCut
}

// commonCut is a face with the common runes, ready to be put into documents.
type commonCut struct {
	name   string // as embedded, with the mark of a part of a typeface
	packed []byte // the TrueType file, deflated
	size   int    // of the file, in bytes
	about  gofpdf.FontDescType
	widths map[rune]int // in thousandths of an em
}

func newCut(style, name string, ttf []byte) cut {
	return cut{style, ttf, sync.OnceValue(func() commonCut { return cutCommon(style, name, ttf) })}
}

func cutCommon(style, name string, ttf []byte) commonCut {
	runes := commonRunes()
	file := gofpdf.UTF8CutFont(slices.Clone(ttf), runes) // the engine writes into what it is given
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write(file) // a buffer takes everything
	_ = z.Close()
	c := commonCut{name: "COMMON+" + name, packed: packed.Bytes(), size: len(file), widths: map[rune]int{}}

	engine := newEngine()
	engine.AddUTF8FontFromBytes(family, style, file)
	engine.SetFont(family, style, bodySize)
	for _, r := range runes {
		c.widths[r] = engine.GetStringSymbolWidth(string(r))
	}
	const symbolic, nonsymbolic = 1 << 2, 1 << 5 // its runes are told by their names, PDF 32000-1, 9.8.2
	c.about = engine.GetFontDesc(family, style)
	c.about.Flags = c.about.Flags&^symbolic | nonsymbolic
	return c
}

// vietnameseLetters are those with marks, and the vowels without.
const vietnameseLetters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"

// commonRunes are those with which a document is nearly always set.
func commonRunes() string {
	var all strings.Builder
	for c := ' '; c <= '~'; c++ {
		all.WriteRune(c)
	}
	all.WriteString(vietnameseLetters + strings.ToUpper(vietnameseLetters))
	all.WriteString("\u00a0–—‘’“”«»…·•†→₫°²×−≈≤≥■□▲▼")
	return all.String()
}
