using BlazorAgents.Emulator;
using BlazorAgents.OpenAI.Chat;
using BlazorAgents.OpenAI.Errors;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Runs;
using BlazorAgents.Web.Layout;

namespace BlazorAgents.Web.Hosting;

internal static class ModelProvider
{
    public static void AddModelProvider(this IServiceCollection services, IConfiguration configuration)
    {
        var url = configuration["OPENAI_API_BASE_URL"];
        var offline = url is null;
        url ??= EmulatorServer.StartAsync(new EmulatorOptions()).Result.BaseUrl.ToString();
        services.AddSingleton(new AppInfo(offline, offline ? "Offline demo" : "Compatible", "demo-model"));
        var client = new global::OpenAI.OpenAIClient(new System.ClientModel.ApiKeyCredential("x"), new global::OpenAI.OpenAIClientOptions { Endpoint = new Uri(url) });
        var profile = new ProviderProfile(ProviderKind.Compatible, new Uri(url));
        services.AddSingleton<ChatClientFactory>(_ => new OpenAIChatClient(client, profile, "demo-model", new ErrorTranslator(profile, new SecretRedactor(null), TimeProvider.System)));
    }
}
