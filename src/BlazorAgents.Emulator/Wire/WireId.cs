namespace BlazorAgents.Emulator.Wire;

/// <summary>Makes ids in OpenAI's form: a prefix and 48 random hexadecimal digits.</summary>
internal static class WireId
{
    public static string New(string prefix) => prefix + "_" + Digits();

    /// <summary>Files have a dash.</summary>
    public static string NewFile() => "file-" + Digits();

    private static string Digits() => Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N")[..16];
}
