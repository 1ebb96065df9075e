namespace BlazorAgents.Emulator.Demo.Drawing;

/// <summary>Pixels to draw on; what lies outside is not drawn.</summary>
internal sealed class Canvas
{
    private readonly Color[] _pixels;

    public Canvas(int width, int height, Color color)
    {
        (Width, Height, _pixels) = (width, height, new Color[width * height]);
        Array.Fill(_pixels, color);
    }

    public int Width { get; }

    public int Height { get; }

    public Color this[int x, int y]
    {
        get => _pixels[(y * Width) + x];
        set
        {
            if (x >= 0 && y >= 0 && x < Width && y < Height)
            {
                _pixels[(y * Width) + x] = value;
            }
        }
    }

    public void Fill(int left, int top, int right, int bottom, Color color)
    {
        for (var y = Math.Max(0, top); y < Math.Min(Height, bottom); y++)
        {
            for (var x = Math.Max(0, left); x < Math.Min(Width, right); x++)
            {
                this[x, y] = color;
            }
        }
    }

    public void Disc(int centerX, int centerY, int radius, Color color)
    {
        for (var y = -radius; y <= radius; y++)
        {
            for (var x = -radius; x <= radius; x++)
            {
                if ((x * x) + (y * y) <= radius * radius)
                {
                    this[centerX + x, centerY + y] = color;
                }
            }
        }
    }

    public void Line(int fromX, int fromY, int toX, int toY, Color color, int thickness)
    {
        var steps = Math.Min(Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY)), Width + Height);
        for (var step = 0; step <= steps; step++)
        {
            var share = steps == 0 ? 0 : (double)step / steps;
            var (x, y) = (fromX + (int)Math.Round((toX - fromX) * share), fromY + (int)Math.Round((toY - fromY) * share));
            Fill(x, y, x + thickness, y + thickness, color);
        }
    }
}
