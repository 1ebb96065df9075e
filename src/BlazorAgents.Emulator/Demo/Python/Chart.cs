using BlazorAgents.Emulator.Demo.Drawing;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>A chart of lines and bars, drawn as a PNG without any writing.</summary>
internal sealed class Chart
{
    private const int Width = 640;
    private const int Height = 400;
    private const int Margin = 40;

    private static readonly Color[] s_colors = [new(31, 119, 180), new(255, 127, 14), new(44, 160, 44), new(214, 39, 40), new(148, 103, 189)];

    private readonly List<(IReadOnlyList<double> X, IReadOnlyList<double> Y, bool Bars)> _series = [];

    public void Add(IReadOnlyList<double> x, IReadOnlyList<double> y, bool bars) => _series.Add((x, y, bars));

    public byte[] Render()
    {
        var canvas = new Canvas(Width, Height, new Color(255, 255, 255));
        for (var line = 0; line <= 4; line++)
        {
            var y = Margin + (line * (Height - (2 * Margin)) / 4);
            canvas.Line(Margin, y, Width - Margin, y, new Color(225, 225, 225), 1);
        }

        var points = _series.SelectMany(series => series.X.Zip(series.Y)).Where(point => double.IsFinite(point.First) && double.IsFinite(point.Second)).ToList();
        if (points.Count > 0)
        {
            var hasBars = _series.Exists(series => series.Bars);
            Draw(canvas, new Scale(points.Min(point => point.First) - (hasBars ? 0.6 : 0), points.Max(point => point.First) + (hasBars ? 0.6 : 0), Margin, Width - Margin),
                new Scale(hasBars ? Math.Min(0, points.Min(point => point.Second)) : points.Min(point => point.Second), points.Max(point => point.Second), Height - Margin, Margin));
        }

        canvas.Line(Margin, Height - Margin, Width - Margin, Height - Margin, new Color(60, 60, 60), 2);
        canvas.Line(Margin, Margin, Margin, Height - Margin, new Color(60, 60, 60), 2);
        return Png.Encode(canvas);
    }

    private void Draw(Canvas canvas, Scale across, Scale up)
    {
        foreach (var (index, (x, y, bars)) in _series.Index())
        {
            var color = s_colors[index % s_colors.Length];
            for (var at = 0; at < x.Count; at++)
            {
                if (bars)
                {
                    canvas.Fill(across.Place(x[at] - 0.4), up.Place(Math.Max(0, y[at])), across.Place(x[at] + 0.4), up.Place(Math.Min(0, y[at])), color);
                }
                else if (at > 0)
                {
                    canvas.Line(across.Place(x[at - 1]), up.Place(y[at - 1]), across.Place(x[at]), up.Place(y[at]), color, 2);
                }
            }
        }
    }

    /// <summary>Maps values to pixels.</summary>
    private readonly record struct Scale(double From, double To, int First, int Last)
    {
        public int Place(double value) => double.IsFinite(value) && To > From ? First + (int)Math.Round((value - From) / (To - From) * (Last - First)) : (First + Last) / 2;
    }
}
