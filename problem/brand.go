package problem

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
)

// Brand is how the built-in page looks. The zero value names no product.
type Brand struct {
	// Name is the product's name. The page has it above the error, as a link to [Links.Home], and in
	// its title. It has at most 100 characters.
	Name string
	// Label is the name if it differs between languages. It takes the place of Name.
	Label *catalog.Label
	// Accent is the color of the page's edge, links and button, as in "#c2410c". It is darkened, and
	// lightened for readers who prefer dark pages, until it can be read: until its contrast is
	// 4.5 to 1 (WCAG 2.2, success criterion 1.4.3). If empty, it is orange.
	Accent string
}

// The page's background colors: of the box with the error, and around it. The darker or lighter one
// of a scheme is harder to read on.
var (
	lightGround = rgb{0xf3, 0xf4, 0xf6}
	darkPaper   = rgb{0x1d, 0x21, 0x25}
)

const minContrast = 4.5

// text returns the name in the user's language.
func (b Brand) text(l *errlingo.Localizer) errlingo.Text {
	if b.Label != nil {
		return labelText(l, b.Label)
	}
	return errlingo.Text{Value: b.Name}
}

// style returns the style of the page. It panics if the brand is invalid.
func (b Brand) style() string {
	if utf8.RuneCountInString(b.Name) > maxName {
		panic(fmt.Sprintf("problem: New: Options.Brand.Name has more than %d characters", maxName))
	}
	accent, ok := parseColor(cmp.Or(b.Accent, "#c2410c"))
	if !ok {
		panic(fmt.Sprintf("problem: New: Options.Brand.Accent is %q; want a color such as \"#c2410c\"",
			b.Accent))
	}
	return strings.NewReplacer(
		"{light}", accent.readableOn(lightGround, rgb{}).String(),
		"{dark}", accent.readableOn(darkPaper, rgb{0xff, 0xff, 0xff}).String(),
	).Replace(pageStyle)
}

// rgb is a color of sRGB.
type rgb [3]uint8

// parseColor parses a color such as "#c2410c".
func parseColor(s string) (c rgb, ok bool) {
	digits, ok := strings.CutPrefix(s, "#")
	bytes, err := hex.DecodeString(digits)
	if !ok || err != nil || len(bytes) != len(c) {
		return rgb{}, false
	}
	return rgb(bytes), true
}

// String returns the color as "#c2410c".
func (c rgb) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// readableOn returns the color, mixed with as little of the other one as makes it readable on the
// ground.
func (c rgb) readableOn(ground, toward rgb) rgb {
	const steps = 100
	for step := range steps {
		mixed := c.mix(toward, float64(step)/steps)
		if contrast(mixed, ground) >= minContrast {
			return mixed
		}
	}
	return toward
}

// mix returns the color with a part of the other one, from 0 to 1.
func (c rgb) mix(other rgb, part float64) rgb {
	for i := range c {
		c[i] = uint8(math.Round(float64(c[i])*(1-part) + float64(other[i])*part))
	}
	return c
}

// contrast returns the contrast ratio of two colors, from 1 to 21 (WCAG 2.2).
func contrast(a, b rgb) float64 {
	lighter, darker := a.luminance(), b.luminance()
	if lighter < darker {
		lighter, darker = darker, lighter
	}
	return (lighter + 0.05) / (darker + 0.05)
}

// luminance returns the relative luminance of a color, from 0 to 1 (WCAG 2.2).
func (c rgb) luminance() float64 {
	var linear [3]float64
	for i, v := range c {
		if s := float64(v) / 255; s <= 0.04045 {
			linear[i] = s / 12.92
		} else {
			linear[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*linear[0] + 0.7152*linear[1] + 0.0722*linear[2]
}
