namespace BlazorAgents.Emulator.Demo.Drawing;

/// <summary>A colour, 8 bits a channel.</summary>
internal readonly record struct Color(byte Red, byte Green, byte Blue)
{
    public Color Toward(Color other, double share) => new(Mix(Red, other.Red, share), Mix(Green, other.Green, share), Mix(Blue, other.Blue, share));

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Clamp(from + ((to - from) * share), 0, 255);
}
