using BlazorAgents.Data;

namespace BlazorAgents.Web.Hosting;

/// <summary>Where everything that must survive is kept.</summary>
internal static class DataFolder
{
    public static DataOptions Options(IConfiguration configuration) => configuration.GetSection("Data").Get<DataOptions>() ?? new DataOptions();

    /// <summary>The folder's full path; it is made when missing.</summary>
    /// <exception cref="DatabaseUnavailableException">It cannot be made.</exception>
    public static string Create(WebApplicationBuilder builder)
    {
        var folder = FullPath(builder.Configuration, builder.Environment);
        try
        {
            Directory.CreateDirectory(folder);
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnavailableException($"The data folder {folder} cannot be made: {exception.Message} Set Data:Folder to a folder that the server's user may write.", exception);
        }
    }

    public static string DatabaseFile(WebApplication app) =>
        Path.Combine(FullPath(app.Configuration, app.Environment), DataServiceCollectionExtensions.FileName);

    private static string FullPath(IConfiguration configuration, IHostEnvironment environment) =>
        Path.GetFullPath(Options(configuration).Folder, environment.ContentRootPath);
}
