namespace BlazorAgents.Web.Markdown;

internal static class TailRepair
{
    public static (string Text, int Unchanged) Repair(string tail, List<TextUnit> units) => (tail, tail.Length);
}
