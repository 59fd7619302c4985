package main

import (
	"bytes"
	"errors"
	"fmt"
	"image/color"
	"io"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

const (
	width     = 10 * vg.Inch
	rowHeight = 0.29 * vg.Inch
	margins   = 1.2 * vg.Inch // of title and axis
	border    = 10
	ours      = "this package"
)

// The picture has a background of its own, so that it is the same on a dark page.
var (
	paper = color.NRGBA{0xff, 0xff, 0xff, 0xff}
	ink   = color.NRGBA{0x1f, 0x23, 0x28, 0xff}
	faint = color.NRGBA{0xd0, 0xd7, 0xde, 0xff}
	tint  = color.NRGBA{0xdd, 0xee, 0xff, 0xff} // behind the rows of this package
)

// marks tell the bodies apart by shape and by colours that the colour-blind tell apart too.
var marks = []draw.GlyphStyle{
	{Color: color.NRGBA{0x00, 0x72, 0xb2, 0xff}, Shape: draw.CircleGlyph{}},
	{Color: color.NRGBA{0xd5, 0x5e, 0x00, 0xff}, Shape: draw.SquareGlyph{}},
	{Color: color.NRGBA{0x00, 0x9e, 0x73, 0xff}, Shape: draw.TriangleGlyph{}},
	{Color: color.NRGBA{0xcc, 0x79, 0xa7, 0xff}, Shape: draw.PyramidGlyph{}},
	{Color: color.NRGBA{0xb8, 0x86, 0x00, 0xff}, Shape: draw.RingGlyph{}},
	{Color: color.NRGBA{0x1f, 0x23, 0x28, 0xff}, Shape: draw.CrossGlyph{}},
}

// write writes c as SVG.
func (c *chart) write(w io.Writer) error {
	if len(c.rows) == 0 {
		return errors.New("nothing was measured")
	}
	p := plot.New()
	style(p, c)
	p.Add(rows(c.rows))
	p.NominalY(c.peers()...)
	if err := addBodies(p, c); err != nil {
		return err
	}
	height := margins + rowHeight*vg.Length(len(c.rows))
	canvas := vgsvg.New(width, height)
	whole := draw.NewCanvas(canvas, width, height)
	whole.SetColor(paper)
	whole.Fill(whole.Rectangle.Path())
	p.Draw(draw.Crop(whole, border, -border, border, -border))
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return err
	}
	_, err := io.WriteString(w, fonts(b.String()))
	return err
}

// fonts names others, for where the one that gonum measures with is not installed.
func fonts(svg string) string {
	return strings.ReplaceAll(svg, "font-family:Liberation Sans", "font-family:'Liberation Sans',Arial,Helvetica,sans-serif")
}

func style(p *plot.Plot, c *chart) {
	p.BackgroundColor = nil
	// A label of the axis would be measured as if the scale were linear, so the title tells what is on it.
	p.Title.Text = fmt.Sprintf("Decoding bodies of %s responses, %s:\ntimes as fast as encoding/xml's Token loop, by CPU time, median of %d rounds (logarithmic scale)",
		thousands(c.responses), c.date, c.rounds)
	p.X.Scale = plot.LogScale{}
	p.X.Min, p.X.Max = c.limits()
	p.X.Tick.Marker = ticks{}
	for _, t := range []*text.Style{&p.Title.TextStyle, &p.X.Tick.Label, &p.Y.Tick.Label, &p.Legend.TextStyle} {
		t.Color = ink
		t.Font = font.Font{Typeface: "Liberation", Variant: "Sans", Size: 11}
	}
	p.Title.TextStyle.Font.Size, p.Title.Padding = 13, 10
	p.Legend.Padding, p.Legend.ThumbnailWidth = 3, 16
}

// thousands writes n with a space in it, if it is long.
func thousands(n int) string {
	if n < 10_000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%d %03d", n/1000, n%1000)
}

// ticks are 1, 2 and 5 times the powers of ten.
type ticks struct{}

// Ticks returns those from least to most.
func (ticks) Ticks(least, most float64) (all []plot.Tick) {
	for power := -3; power < 6; power++ {
		for _, f := range []float64{1, 2, 5} {
			if v := f * math.Pow10(power); least <= v && v <= most {
				all = append(all, plot.Tick{Value: v, Label: "×" + strconv.FormatFloat(v, 'g', 3, 64)})
			}
		}
	}
	return all
}

// rows draws what is behind the points of each peer.
type rows []row

// Plot draws a tint behind this package, a line at the base, and one from the least to the most of each peer.
func (all rows) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for i, r := range all {
		least, most := r.limits()
		at := y(float64(i))
		if strings.HasPrefix(r.peer, ours) {
			c.FillPolygon(tint, c.ClipPolygonXY(rectangle(c.Min.X, c.Max.X, y(float64(i)-0.5), y(float64(i)+0.5))))
		}
		c.StrokeLine2(draw.LineStyle{Color: faint, Width: 3}, x(least), at, x(most), at)
	}
	c.StrokeLine2(draw.LineStyle{Color: ink, Width: 0.75, Dashes: []vg.Length{4, 3}}, x(1), c.Min.Y, x(1), c.Max.Y)
}

func rectangle(left, right, bottom, top vg.Length) []vg.Point {
	return []vg.Point{{X: left, Y: bottom}, {X: right, Y: bottom}, {X: right, Y: top}, {X: left, Y: top}}
}

// addBodies adds the points of each body, with its mark in the legend.
func addBodies(p *plot.Plot, c *chart) error {
	for i, body := range c.bodies {
		points, err := plotter.NewScatter(c.points(body))
		if err != nil {
			return err
		}
		points.GlyphStyle = marks[i%len(marks)]
		points.Radius = 3.5
		p.Add(points)
		p.Legend.Add(body, points)
	}
	p.Y.Min, p.Y.Max = -0.6, float64(len(c.rows))-0.4
	return nil
}
