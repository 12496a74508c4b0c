package workbook

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// inflateStandard decodes with compress/flate under the same terms: the data
// fills out exactly and is used up.
func inflateStandard(out, packed []byte) error {
	source := bytes.NewReader(packed)
	from := flate.NewReader(source)
	if _, err := io.ReadFull(from, out); err != nil {
		return err
	}
	var beyond [1]byte
	if n, err := io.ReadFull(from, beyond[:]); n != 0 || err != io.EOF {
		return fmt.Errorf("more data: %w", err)
	}
	if source.Len() != 0 {
		return fmt.Errorf("%d bytes behind", source.Len())
	}
	return nil
}

// compareInflating decodes with both and asks for the same verdict and bytes.
func compareInflating(t testing.TB, in *inflater, packed []byte, size int) (accepted bool) {
	t.Helper()
	ours, theirs := make([]byte, size), make([]byte, size)
	err, theirErr := in.inflate(ours, packed), inflateStandard(theirs, packed)
	if (err == nil) != (theirErr == nil) {
		t.Fatalf("%d bytes for %d: %v, compress/flate: %v", len(packed), size, err, theirErr)
	}
	if err == nil && !bytes.Equal(ours, theirs) {
		t.Fatalf("%d bytes for %d: other bytes than compress/flate", len(packed), size)
	}
	return err == nil
}

func deflated(t testing.TB, data []byte, level int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, level)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// inflateSamples are texts of kinds that make different codes: none, one letter,
// all bytes, long repeats, a far repeat, letters of very different frequency.
func inflateSamples() [][]byte {
	random := rand.New(rand.NewPCG(3, 5))
	noise, skewed := make([]byte, 40_000), make([]byte, 200_000)
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	for i := range skewed {
		// Half of them 0, a quarter 1, and so on, so that some codes grow long.
		for random.Uint32()&1 == 0 {
			skewed[i]++
		}
		skewed[i] *= 7
	}
	far := append(append(bytes.Clone(noise[:300]), make([]byte, 32_000)...), noise[:300]...)
	return [][]byte{
		nil, []byte("a"), bytes.Repeat([]byte("a"), 1000), bytes.Repeat([]byte("<c r=\"A1\"/>"), 5000),
		[]byte(sheetXML(strings.Repeat(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, 50))), noise, skewed, far,
	}
}

func TestInflateLikeTheStandard(t *testing.T) {
	var in inflater
	for i, data := range inflateSamples() {
		for _, level := range []int{flate.NoCompression, flate.BestSpeed, flate.DefaultCompression, flate.BestCompression, flate.HuffmanOnly} {
			packed := deflated(t, data, level)
			if !compareInflating(t, &in, packed, len(data)) {
				t.Errorf("sample %d at level %d does not decode", i, level)
			}
			for _, wrong := range []int{len(data) - 1, len(data) + 1} {
				if wrong >= 0 && compareInflating(t, &in, packed, wrong) {
					t.Errorf("sample %d at level %d has two sizes", i, level)
				}
			}
			if compareInflating(t, &in, append(bytes.Clone(packed), 0), len(data)) {
				t.Errorf("sample %d at level %d: a byte behind is not seen", i, level)
			}
		}
	}
}

// TestInflateDamaged changes bits and cuts the data short: the codes of a block
// stand at its beginning, so each bit there is tried.
func TestInflateDamaged(t *testing.T) {
	var in inflater
	for _, data := range inflateSamples() {
		data = data[:min(len(data), 3000)]
		for _, level := range []int{flate.NoCompression, flate.BestCompression, flate.HuffmanOnly} {
			packed := deflated(t, data, level)
			for bit := 0; bit < 8*min(len(packed), 120); bit++ {
				changed := bytes.Clone(packed)
				changed[bit/8] ^= 1 << (bit % 8)
				compareInflating(t, &in, changed, len(data))
			}
			for length := 0; length < len(packed); length += 1 + length/40 {
				compareInflating(t, &in, packed[:length], len(data))
			}
		}
	}
}

func FuzzInflate(f *testing.F) {
	for _, data := range inflateSamples() {
		data = data[:min(len(data), 300)]
		for _, level := range []int{flate.NoCompression, flate.BestCompression, flate.HuffmanOnly} {
			f.Add(deflated(f, data, level), uint16(len(data)))
		}
	}
	var in inflater
	f.Fuzz(func(t *testing.T, packed []byte, size uint16) {
		compareInflating(t, &in, packed, int(size))
		// Whatever comes out, its true size must be accepted where it has one.
		whole, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), 1<<20))
		if err == nil && len(whole) < 1<<20 {
			compareInflating(t, &in, packed, len(whole))
		}
	})
}
