namespace BlazorAgents.Emulator.Demo.Web;

/// <summary>A page of the demo's little web.</summary>
internal sealed record DemoPage(string Url, string Title, string Text);
