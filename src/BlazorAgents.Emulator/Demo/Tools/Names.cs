namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Makes the names of code readable.</summary>
internal static class Names
{
    /// <summary>"get_order_status" and "getOrderStatus" become "get order status"; a final "id" becomes "ID".</summary>
    public static string Readable(string name) => string.Join(' ', Words.All(name).Select(word => word == "id" ? "ID" : word));

    /// <summary>The same with a capital first letter.</summary>
    public static string Title(string name) => Readable(name) is { Length: > 0 } text ? char.ToUpperInvariant(text[0]) + text[1..] : name;
}
