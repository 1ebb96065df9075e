using System.Security.Cryptography;
using System.Text;

namespace BlazorAgents.Emulator.Demo.Drawing;

/// <summary>Draws a picture from a prompt: always the same for the same words. A landscape whose colours and shapes come from a hash of the prompt.</summary>
internal static class Picture
{
    private static readonly (string Word, Color Color)[] s_words =
    [
        ("red", new(205, 60, 55)), ("orange", new(235, 140, 50)), ("yellow", new(240, 205, 70)), ("green", new(80, 160, 90)), ("blue", new(70, 130, 210)),
        ("purple", new(130, 90, 180)), ("pink", new(235, 150, 180)), ("black", new(35, 35, 45)), ("white", new(240, 240, 245)), ("brown", new(130, 90, 60)),
        ("night", new(30, 35, 80)), ("sea", new(40, 110, 170)), ("ocean", new(40, 110, 170)), ("forest", new(50, 110, 70)), ("sunset", new(240, 120, 70)), ("snow", new(225, 235, 245)),
    ];

    /// <summary>A stage from 0 to 1 draws that share of the shapes; 1 is the whole picture.</summary>
    public static byte[] Draw(string prompt, int width, int height, double stage = 1)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(prompt.Trim().ToLowerInvariant()));
        var named = s_words.Where(entry => Words.All(prompt).Contains(entry.Word)).Select(entry => entry.Color).ToList();
        var sky = named.Count > 0 ? named[0] : new Color((byte)(90 + (hash[0] % 120)), (byte)(130 + (hash[1] % 100)), (byte)(180 + (hash[2] % 70)));
        var land = named.Count > 1 ? named[1] : new Color((byte)(40 + (hash[3] % 120)), (byte)(90 + (hash[4] % 100)), (byte)(50 + (hash[5] % 80)));
        var canvas = new Canvas(width, height, sky);
        for (var y = 0; y < height; y++)
        {
            canvas.Fill(0, y, width, y + 1, sky.Toward(new Color(255, 255, 255), 0.6 * y / height));
        }

        canvas.Disc(width * (20 + (hash[6] % 60)) / 100, height * (12 + (hash[7] % 20)) / 100, Math.Max(2, width / (10 + (hash[8] % 6))), new Color(255, 235, 150));
        var shapes = 3 + (hash[9] % 3);
        for (var shape = 0; shape < (int)Math.Ceiling(shapes * Math.Clamp(stage, 0, 1)); shape++)
        {
            Hill(canvas, land.Toward(new Color(20, 30, 40), 0.16 * shape), hash[10 + (shape * 3)], hash[11 + (shape * 3)], hash[12 + (shape * 3)], (double)shape / shapes);
        }

        return Png.Encode(canvas);
    }

    private static void Hill(Canvas canvas, Color color, byte place, byte width, byte waves, double near)
    {
        var base0 = canvas.Height * (0.5 + (0.35 * near));
        for (var x = 0; x < canvas.Width; x++)
        {
            var turn = (double)x / canvas.Width * (2 + (waves % 4)) * Math.PI;
            var top = base0 + (Math.Sin(turn + place) * canvas.Height * 0.06) + (Math.Sin((turn * 2.3) + width) * canvas.Height * 0.03);
            canvas.Fill(x, (int)top, x + 1, canvas.Height, color);
        }
    }
}
