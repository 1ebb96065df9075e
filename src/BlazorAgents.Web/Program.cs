using BlazorAgents.Web.Hosting;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddBlazorAgents();
    await using var app = builder.Build();
    await app.PrepareBlazorAgentsAsync();
    app.MapBlazorAgents();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartupFault.Explain(exception) is { } explanation)
{
    await Console.Error.WriteLineAsync(explanation);
    return 1;
}
